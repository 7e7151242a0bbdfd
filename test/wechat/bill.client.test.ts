import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BillClient, type BillRow } from '#wechat';
import { linesOf, rowsOf } from '../../src/wechat/bill.reader.js';
import { tradeRow } from '../../src/wechat/bill.rows.js';
import { anOffer } from '../support/builders.js';
import { Shop } from '../support/shop.js';
import { settle } from '../support/sound.js';
import { vectors } from './vectors.js';

const DAY = '2026-11-20';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { billsPerSecond: 1_000 } });
  await shop.setTime(new Date(`${DAY}T12:00:00+08:00`));
  const { skuId } = await anOffer(shop, { size: 2, stock: 1_000, priceMinor: 2_990 });
  const ana = await shop.login('ana');
  const { id } = await ana.buy(skuId);
  await ana.pay(id, { notify: { lose: true } });
  await ana.confirmPayment(id);
  await settle(shop);
  await shop.setTime(new Date('2026-11-21T10:00:00+08:00'));
});
afterAll(async () => {
  await shop.close();
});

async function rowsIn(type: 'TRADE' | 'FUND_FLOW', day = DAY): Promise<BillRow[]> {
  const rows: BillRow[] = [];
  await shop.get(BillClient).read({ type, day }, (chunk) => {
    rows.push(...chunk);
    return Promise.resolve();
  });
  return rows;
}

async function* bytesOf(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('a bill that the channel has', () => {
  it('is read by the names of its columns', async () => {
    const [row, ...others] = await rowsIn('TRADE');
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      ...{ kind: 'TRADE', state: 'SUCCESS', amountMinor: 2_990, currency: 'CNY', feeMinor: 18, feeMillionths: 6_000 },
      ...{ at: new Date(`${DAY}T12:00:00+08:00`), balanceMinor: null },
    });
    expect(await rowsIn('FUND_FLOW')).toMatchObject([
      { kind: 'FLOW_TRADE', channelNumber: row?.channelNumber, amountMinor: 2_990, balanceMinor: 2_990 },
      { kind: 'FLOW_FEE', channelNumber: row?.channelNumber, amountMinor: -18, balanceMinor: 2_972 },
    ]);
  });

  it.each<[fault: string, kind: string]>([
    ['bill_late', 'NOT_YET'],
    ['wrong_hash', 'DAMAGED'],
    ['truncated', 'DAMAGED'],
  ])('is not believed when it is struck by %s', async (fault, kind) => {
    await shop.fault('tradebill', fault);
    await expect(rowsIn('TRADE')).rejects.toMatchObject({ name: 'BillUnusable', kind });
  });

  it('is said not to be, of a day without one', async () => {
    await expect(rowsIn('TRADE', '2026-11-18')).rejects.toMatchObject({ name: 'BillUnusable', kind: 'NONE' });
  });

  it.each(['error_500', 'error_429', 'bad_signature', 'timeout_before'])(
    'is asked for again when the channel is in trouble: %s',
    async (fault) => {
      await shop.fault('tradebill', fault);
      await expect(rowsIn('TRADE')).rejects.toMatchObject({ name: 'ChannelError' });
    },
  );

  it('is asked for again when its download fails', async () => {
    await shop.fault('download_bill', 'error_500');
    await expect(rowsIn('TRADE')).rejects.toMatchObject({ name: 'ChannelError', code: 'DOWNLOAD_REFUSED' });
  });
});

describe('the published bill', () => {
  const { csv: published } = vectors.tradeBill;

  it.each([1, 7, 65_536])('is read in pieces of %d bytes', async (size) => {
    const rows = await all(rowsOf(linesOf(bytesOf(published, size)), tradeRow));
    expect(rows).toHaveLength(45);
    expect(rows[2]).toMatchObject({ kind: 'TRADE', amountMinor: 3, feeMinor: 1, feeMillionths: 390_000 });
    expect(rows.filter(({ kind }) => kind === 'REFUND').length).toBeGreaterThan(0);
  });

  it.each<[what: string, spoil: (csv: string) => string]>([
    ['a row that was cut', (csv) => csv.replace(/,`39\.00%,`0\.03,`0\.00,`\r\n/, '\r\n')],
    ['a row fewer than it counts', (csv) => csv.replace(/\r\n`[^\r]*\r\n/, '\r\n')],
    ['no end', (csv) => csv.slice(0, csv.indexOf('总交易单数'))],
    ['a column by another name', (csv) => csv.replace('订单金额,申请', '金额,申请')],
    ['a state that we do not know', (csv) => csv.replace('`SUCCESS,`OTHERS', '`MAYBE,`OTHERS')],
  ])('is not believed with %s', async (_what, spoil) => {
    const spoilt = spoil(published);
    expect(spoilt).not.toBe(published);
    await expect(all(rowsOf(linesOf(bytesOf(spoilt, 999)), tradeRow))).rejects.toMatchObject({ name: 'Malformed' });
  });
});

it('the hash of a bill is told, so that two fetches of it can be compared', async () => {
  const first = await shop.get(BillClient).read({ type: 'FUND_FLOW', day: DAY }, () => Promise.resolve());
  const again = await shop.get(BillClient).read({ type: 'FUND_FLOW', day: DAY }, () => Promise.resolve());
  expect(first).toMatch(/^[0-9a-f]{40}$/);
  expect(again).toBe(first);
  expect(first).not.toBe(createHash('sha1').digest('hex'));
});
