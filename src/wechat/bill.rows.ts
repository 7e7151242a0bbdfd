import { fenOf, instantOf, millionthsOf } from './bill.text.rules.js';
import { Malformed } from './reader.js';

/** How a refund stood when the bill was made. FAIL gave nothing back; CHANGE could not, and waits for us. */
export const REFUND_STATES = ['SUCCESS', 'PROCESSING', 'FAIL', 'CHANGE'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** What a row of either bill says. Of the texts of people that are in a bill nothing is read. */
export interface BillRow {
  /** TRADE and REFUND are rows of a trade bill, the others of a fund flow bill. */
  readonly kind: 'TRADE' | 'REFUND' | FlowKind;
  /** Channel time. */
  readonly at: Date;
  /** The channel's number of what it is about: of the trade, the refund, or the withdrawal. */
  readonly channelNumber: string;
  /** Ours; null in a fund flow bill. */
  readonly ourNumber: string | null;
  /** SUCCESS or REVOKED of a trade, a RefundState of a refund, null in a fund flow bill. */
  readonly state: RefundState | 'REVOKED' | null;
  /** What it is about in minor units; in a fund flow bill negative if it left the account. */
  readonly amountMinor: number;
  readonly currency: string;
  /** What the channel took, negative if it gave some back; 0 in a fund flow bill, which has rows for it. */
  readonly feeMinor: number;
  /** The rate of the fee in millionths. */
  readonly feeMillionths: number;
  /** What the account held afterwards; null in a trade bill. */
  readonly balanceMinor: number | null;
}

/** What money in a fund flow bill moved for; OTHER is nothing that we know. */
export type FlowKind = 'FLOW_TRADE' | 'FLOW_REFUND' | 'FLOW_FEE' | 'FLOW_WITHDRAWAL' | 'FLOW_OTHER';

const FLOW_KINDS: ReadonlyMap<string, FlowKind> = new Map([
  ['交易', 'FLOW_TRADE'],
  ['退款', 'FLOW_REFUND'],
  ['扣除交易手续费', 'FLOW_FEE'],
  ['提现', 'FLOW_WITHDRAWAL'],
]);

const TRADE_STATES = ['SUCCESS', 'REVOKED'] as const;

/** A cell by the name of its column. */
export type Cells = (column: string) => string;

/** @throws Malformed that names the first column that is missing or wrong */
export function tradeRow(cells: Cells): BillRow {
  const isRefund = cells('交易状态') === 'REFUND';
  return {
    kind: isRefund ? 'REFUND' : 'TRADE',
    at: instantOf(cells('交易时间')),
    channelNumber: numbered(cells(isRefund ? '微信退款单号' : '微信订单号')),
    ourNumber: numbered(cells(isRefund ? '商户退款单号' : '商户订单号')),
    state: isRefund ? oneOf(cells('退款状态'), REFUND_STATES) : oneOf(cells('交易状态'), TRADE_STATES),
    amountMinor: fenOf(cells(isRefund ? '申请退款金额' : '订单金额')),
    currency: cells('货币种类'),
    feeMinor: fenOf(cells('手续费')),
    feeMillionths: millionthsOf(cells('费率')),
    balanceMinor: null,
  };
}

/** @throws as `tradeRow` */
export function flowRow(cells: Cells): BillRow {
  const amountMinor = fenOf(cells('收支金额(元)'));
  const hasLeft = oneOf(cells('收支类型'), ['收入', '支出']) === '支出';
  return {
    kind: FLOW_KINDS.get(cells('业务类型')) ?? 'FLOW_OTHER',
    at: instantOf(cells('记账时间')),
    channelNumber: numbered(cells('微信支付业务单号')),
    ourNumber: null,
    state: null,
    amountMinor: hasLeft && amountMinor !== 0 ? -amountMinor : amountMinor,
    currency: 'CNY',
    feeMinor: 0,
    feeMillionths: 0,
    balanceMinor: fenOf(cells('账户结余(元)')),
  };
}

function numbered(text: string): string {
  if (!/^[\w|*@-]{1,64}$/.test(text)) throw new Malformed('a number is none');
  return text;
}

function oneOf<Value extends string>(text: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === text);
  if (found === undefined) throw new Malformed('a state is none that we know');
  return found;
}
