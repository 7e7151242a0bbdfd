import { badBody, PayError } from './errors.js';
import type { Fields } from './fields.js';
import type { Settings } from './options.js';

const OUT_TRADE_NO = { min: 6, max: 32, pattern: /^[0-9A-Za-z_\-|*]+$/ };
const LIMIT_PAY = ['no_balance', 'no_credit', 'no_debit', 'balance_only'];

/** What a prepay call asks for, after every field was checked. */
export interface PrepayTerms {
  readonly outTradeNo: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly openid: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly attach: string | undefined;
  readonly notifyUrl: string;
  readonly timeExpireMs: number | undefined;
}

/** @throws PayError PARAM_ERROR with the first bad field, APPID_MCHID_NOT_MATCH or MCH_NOT_EXISTS */
export function readPrepay(body: Fields, { appId, mchId }: Settings): PrepayTerms {
  const appid = body.text('appid', { max: 32 });
  const mchid = body.text('mchid', { max: 32 });
  if (mchid !== mchId) throw new PayError(400, 'MCH_NOT_EXISTS', '商户号不存在');
  if (appid !== appId) throw new PayError(400, 'APPID_MCHID_NOT_MATCH', 'AppID和商户号不匹配');

  body.text('description', { max: 127 });
  checkExtras(body);
  const amount = body.object('amount');
  return {
    outTradeNo: body.text('out_trade_no', OUT_TRADE_NO),
    notifyUrl: body.notifyUrl('notify_url'),
    amountMinor: amount.integer('total', { min: 1 }),
    currency: readCurrency(amount),
    openid: body.object('payer').text('openid', { max: 128 }),
    attach: body.maybe('attach', (name) => body.text(name, { min: 0, max: 128 })),
    timeExpireMs: body.maybe('time_expire', (name) => body.instantMs(name)),
    request: body.values,
  };
}

/** The yuan is the only currency of a direct merchant, and the one that is meant when none is named. */
export function readCurrency(amount: Fields): string {
  return amount.maybe('currency', (name) => amount.choice(name, ['CNY'])) ?? 'CNY';
}

/** Fields that the emulator does nothing with, but whose shape WeChat checks. */
function checkExtras(body: Fields): void {
  body.maybe('goods_tag', (name) => body.text(name, { max: 32 }));
  body.maybe('support_fapiao', (name) => body.flag(name));
  body.maybe('detail', (name) => body.object(name));
  body.maybe('scene_info', (name) => body.object(name).text('payer_client_ip', { max: 45 }));
  body.maybe('settle_info', (name) => {
    const settle = body.object(name);
    return settle.maybe('profit_sharing', (flag) => settle.flag(flag));
  });
  const limits = body.maybe('limit_pay', (name) => body.list(name)) ?? [];
  const unknown = limits.find((limit) => !LIMIT_PAY.some((known) => known === limit));
  if (unknown !== undefined) throw badBody('/limit_pay', unknown, `must be one of ${LIMIT_PAY.join(', ')}`);
}
