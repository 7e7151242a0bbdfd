import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningEmulator } from '../../src/emulator/index.js';
import { feeBackOf, feeOf } from '../../src/emulator/bill.fees.js';
import { Formatter, Rsa } from 'wechatpay-axios-plugin';
import { closeEverything, control, merchantKeys, paidOrder, pay, read, shop, startShopEmulator } from './wechat.js';

const BOM = '\u{feff}';

let wechat: RunningEmulator;
let transactionId: string;
beforeAll(async () => {
  wechat = await startShopEmulator({ billsPerSecond: 1_000 });
  await setClock('2026-11-20T23:59:59+08:00');
  ({ transactionId } = await paidOrder(wechat.url, { description: '砂糖橘,五斤' }));
  await setClock('2026-11-21T00:00:00+08:00');
  await paidOrder(wechat.url);
  await refund('refund_of_bill', 1_000);
  await control(wechat.url, 'POST', '/withdrawals', { amount: 500 });
  await setClock('2026-11-22T09:00:00+08:00');
});
afterAll(closeEverything);

async function setClock(now: string): Promise<void> {
  await control(wechat.url, 'POST', '/clock', { now });
}

async function refund(number: string, minor: number): Promise<void> {
  const amount = { refund: minor, total: 2_990, currency: 'CNY' };
  const body = { transaction_id: transactionId, out_refund_no: number, amount };
  await pay(wechat.url, 'POST', '/v3/refund/domestic/refunds', body);
}

const ask = (query: string, name = 'tradebill', base = wechat.url) => pay(base, 'GET', `/v3/bill/${name}?${query}`);

/** The file behind an answer, fetched with a signature of ours. */
async function download({ body }: Awaited<ReturnType<typeof ask>>): Promise<Buffer> {
  const { pathname, search } = new URL(String(body['download_url']));
  const authorization = authorizationFor(pathname + search);
  const response = await fetch(`${wechat.url}${pathname}${search}`, { headers: { authorization } });
  expect([response.status, response.headers.get('wechatpay-signature')]).toEqual([200, null]);
  return Buffer.from(await response.arrayBuffer());
}

/** As the independent library signs it. */
function authorizationFor(path: string): string {
  const [timestamp, nonce] = [Formatter.timestamp(), Formatter.nonce()];
  const signature = Rsa.sign(Formatter.request('GET', path, timestamp, nonce, ''), merchantKeys.privateKey);
  return Formatter.authorization(shop.mchId, nonce, signature, timestamp, shop.mchSerialNo);
}

describe('a trade bill', () => {
  it('has what was paid on its day of China, behind back-ticks, and a summary', async () => {
    const answer = await ask('bill_date=2026-11-20');
    expect(answer).toMatchObject({ status: 200, isSigned: true, body: { hash_type: 'SHA1' } });
    const file = await download(answer);
    expect(createHash('sha1').update(file).digest('hex')).toBe(answer.body['hash_value']);
    const [header, row, summaryHeader, summary] = file.toString().split('\r\n');
    expect(header).toBe(`${BOM}${TRADE_HEADER}`);
    expect(row).toMatch(/^`2026-11-20 23:59:59,`wx0123456789abcdef,`1900000109,/);
    expect(row).toMatch(/,`砂糖橘\\,五斤,`,`0\.18000,`0\.60%,`29\.90,`0\.00,`$/);
    expect(summaryHeader).toMatch(/^总交易单数,/);
    expect(summary).toBe('`1,`29.90,`0.00,`0.00,`0.18000,`29.90,`0.00');
  });

  it('has a refund on the day on which it was accepted, with the part of the fee that came back', async () => {
    const rows = (await download(await ask('bill_date=2026-11-21&bill_type=REFUND'))).toString().split('\r\n');
    expect(rows).toHaveLength(5);
    expect(rows[1]).toMatch(/`REFUND,.*`refund_of_bill,`10\.00,`0\.00,`ORIGINAL,`SUCCESS,.*`-0\.06000,/);
  });

  it('is packed if that is asked for, and its hash is that of the file before', async () => {
    const answer = await ask('bill_date=2026-11-21&tar_type=GZIP');
    const file = gunzipSync(await download(answer));
    expect(createHash('sha1').update(file).digest('hex')).toBe(answer.body['hash_value']);
  });

  it.each<[why: string, query: string, status: number, code: string]>([
    ['of an empty day', 'bill_date=2026-11-19', 400, 'NO_STATEMENT_EXIST'],
    ['of today', 'bill_date=2026-11-22', 400, 'PARAM_ERROR'],
    ['of no day', 'bill_date=2026-02-30', 400, 'PARAM_ERROR'],
    ['of long ago', 'bill_date=2026-08-20', 400, 'PARAM_ERROR'],
  ])('is refused %s', async (_why, query, status, code) => {
    await expect(ask(query)).resolves.toMatchObject({ status, body: { code }, isSigned: true });
  });

  it('is still being made before nine in the morning', async () => {
    await setClock('2026-11-22T08:59:59+08:00');
    const answer = await ask('bill_date=2026-11-21');
    await setClock('2026-11-22T09:00:00+08:00');
    expect(answer).toMatchObject({ status: 400, body: { code: 'STATEMENT_CREATING' } });
  });

  it('is not for strangers: the download asks for a signature too', async () => {
    const { body } = await ask('bill_date=2026-11-21');
    await expect(read(await fetch(String(body['download_url'])))).resolves.toMatchObject({ status: 401 });
  });

  it('is asked for so often a second and no more', async () => {
    const slow = await startShopEmulator({ billsPerSecond: 0 });
    await expect(ask('bill_date=2026-11-21', 'tradebill', slow.url)).resolves.toMatchObject({ status: 429 });
  });
});

describe('a fund flow bill', () => {
  it('has what moved, and what was left after each', async () => {
    const lines = (await download(await ask('bill_date=2026-11-21', 'fundflowbill'))).toString().split('\r\n');
    const moved = lines.slice(1, -3).map((line) => line.slice(1).split(',`'));
    expect(moved.map((cells) => [cells[4], cells[5], cells[6], cells[7]])).toEqual([
      ['交易', '收入', '29.90', '59.62'],
      ['扣除交易手续费', '支出', '0.18', '59.44'],
      ['退款', '支出', '10.00', '49.44'],
      ['扣除交易手续费', '收入', '0.06', '49.50'],
      ['提现', '支出', '5.00', '44.50'],
    ]);
    expect(lines.at(-2)).toBe('`5,`2,`29.96,`3,`15.18');
  });
});

describe('a bill that goes wrong', () => {
  const struck = async (kind: string, query = 'bill_date=2026-11-20') => {
    await control(wechat.url, 'POST', '/faults', { operation: 'tradebill', kind });
    return ask(query);
  };
  const rowsOf = async (kind: string): Promise<string[]> =>
    (await download(await struck(kind)))
      .toString()
      .split('\r\n')
      .filter((line) => /^`2026/.test(line));

  it.each<[kind: string, rows: RegExp[]]>([
    ['row_missing', []],
    ['row_extra', [/./, /`nobodys_order,/]],
    ['amount_changed', [/`29\.91,`0\.00,`$/]],
    ['state_changed', [/`REVOKED,/]],
    ['fee_changed', [/`1\.18000,`0\.60%,/]],
  ])('by %s says something else than the books', async (kind, rows) => {
    const found = await rowsOf(kind);
    expect(found).toHaveLength(rows.length);
    for (const [index, row] of rows.entries()) expect(found[index]).toMatch(row);
  });

  it('by bill_late is not made yet, by wrong_hash hashes to something else, by truncated ends too early', async () => {
    expect(await struck('bill_late')).toMatchObject({ body: { code: 'STATEMENT_CREATING' } });
    const hashed = await struck('wrong_hash');
    expect(
      createHash('sha1')
        .update(await download(hashed))
        .digest('hex'),
    ).not.toBe(hashed.body['hash_value']);
    const cut = await download(await struck('truncated', 'bill_date=2026-11-20&tar_type=GZIP'));
    expect(() => gunzipSync(cut)).toThrow('unexpected end of file');
  });
});

describe('fees', () => {
  it.each<[amount: number, fee: number]>([
    [1, 0],
    [83, 0],
    [84, 1],
    [2_990, 18],
    [10_000, 60],
  ])('of %d fen at 60 basis points are %d', (amount, fee) => {
    expect(feeOf(amount, 60)).toBe(fee);
  });

  it('that come back with the parts of a trade sum to its fee', () => {
    const parts = [1_000, 990, 1, 999];
    let before = 0;
    const back = parts.map((part) => {
      const fee = feeBackOf(18, 2_990, before, part);
      before += part;
      return fee;
    });
    expect(back.reduce((sum, fee) => sum + fee, 0)).toBe(18);
  });
});

const TRADE_HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
