import type { BillEntry } from './bill.entries.js';
import type { Flow } from './bill.flows.js';
import { rfc3339 } from './clock.js';
import type { Settings } from './options.js';

/** A bill before it is written: cells by the names of their columns, which come in the order of the first list. */
export interface BillTable {
  readonly columns: readonly string[];
  readonly rows: readonly BillRow[];
  /** Its name and its value, of the rows as they stand. */
  readonly summary: (rows: readonly BillRow[]) => readonly (readonly [column: string, value: string])[];
}

export type BillRow = Readonly<Record<string, string>>;

/** The columns of a trade bill (`wechat.md` 2.8). */
const TRADE_COLUMNS =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'.split(
    ',',
  );
const FLOW_COLUMNS =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号'.split(
    ',',
  );

/** Names and data that buyers see come from the trade's own request. */
export function tradeTable(
  shop: Settings,
  entries: readonly BillEntry[],
  describe: (outTradeNo: string) => string,
): BillTable {
  const rows = entries.map((entry) => tradeRow(shop, entry, describe(entry.capture.outTradeNo)));
  return { columns: TRADE_COLUMNS, rows, summary: tradeSummary };
}

export function flowTable(flows: readonly Flow[], openingMinor: number): BillTable {
  let balanceMinor = openingMinor;
  const rows = flows.map((flow, index) => {
    balanceMinor += flow.amountMinor;
    return flowRow(flow, balanceMinor, index);
  });
  return { columns: FLOW_COLUMNS, rows, summary: flowSummary };
}

/** An amount in yuan, exactly. */
export function yuan(minor: number, decimals = 2): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`.padEnd(digits.length + 1 + decimals - 2, '0');
  return minor < 0 ? `-${text}` : text;
}

/** As `yuan` wrote it. */
export function fen(text: string): number {
  const [whole = '0', part = ''] = text.replace('-', '').split('.');
  return Number(`${text.startsWith('-') ? '-' : ''}${whole}${part.slice(0, 2)}`);
}

function tradeRow(shop: Settings, { atMs, capture, feeMinor, refund }: BillEntry, description: string): BillRow {
  const paidMinor = refund ? 0 : capture.amountMinor;
  const backMinor = refund?.row.amountMinor ?? 0;
  return {
    交易时间: local(atMs),
    公众账号ID: shop.appId,
    商户号: shop.mchId,
    特约商户号: '0',
    微信订单号: capture.transactionId,
    商户订单号: capture.outTradeNo,
    用户标识: capture.openid,
    交易类型: 'JSAPI',
    交易状态: refund ? 'REFUND' : 'SUCCESS',
    付款银行: 'OTHERS',
    货币种类: capture.currency,
    应结订单金额: yuan(paidMinor),
    代金券金额: yuan(0),
    微信退款单号: refund?.row.refundId ?? '0',
    商户退款单号: refund?.row.outRefundNo ?? '0',
    退款金额: yuan(backMinor),
    充值券退款金额: yuan(0),
    退款类型: refund ? 'ORIGINAL' : '',
    退款状态: refund?.state ?? '',
    商品名称: description,
    手续费: yuan(feeMinor, 5),
    费率: `${yuan(shop.feeBps)}%`,
    订单金额: yuan(paidMinor),
    申请退款金额: yuan(backMinor),
  };
}

function tradeSummary(rows: readonly BillRow[]): [string, string][] {
  const total = (column: string, decimals = 2): string => yuan(sumOf(rows, column), decimals);
  return [
    ['总交易单数', String(rows.length)],
    ['应结订单总金额', total('应结订单金额')],
    ['退款总金额', total('退款金额')],
    ['充值券退款总金额', total('充值券退款金额')],
    ['手续费总金额', total('手续费', 5)],
    ['订单总金额', total('订单金额')],
    ['申请退款总金额', total('申请退款金额')],
  ];
}

function flowRow({ atMs, type, reference, amountMinor, note }: Flow, balanceMinor: number, index: number): BillRow {
  return {
    记账时间: local(atMs),
    微信支付业务单号: reference,
    资金流水单号: `${reference}${String(index).padStart(6, '0')}`,
    业务名称: type,
    业务类型: type,
    收支类型: amountMinor < 0 ? '支出' : '收入',
    '收支金额(元)': yuan(Math.abs(amountMinor)),
    '账户结余(元)': yuan(balanceMinor),
    资金变更提交申请人: 'system',
    备注: note,
    业务凭证号: reference,
  };
}

function flowSummary(rows: readonly BillRow[]): [string, string][] {
  const side = (name: string): BillRow[] => rows.filter((row) => row['收支类型'] === name);
  const amount = (of: readonly BillRow[]): string => yuan(sumOf(of, '收支金额(元)'));
  const [came, left] = [side('收入'), side('支出')];
  return [
    ['资金流水总笔数', String(rows.length)],
    ['收入笔数', String(came.length)],
    ['收入金额', amount(came)],
    ['支出笔数', String(left.length)],
    ['支出金额', amount(left)],
  ];
}

function sumOf(rows: readonly BillRow[], column: string): number {
  return rows.reduce((sum, row) => sum + fen(row[column] ?? '0'), 0);
}

/** Chinese time without a zone, as bills write it. */
function local(instantMs: number): string {
  return rfc3339(instantMs).slice(0, 19).replace('T', ' ');
}
