import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { idBytes, Metrics } from '#common';
import { BillDay } from '#reconciliation';
import { anOffer } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectSettled, settle, until } from '../support/sound.js';
import { FindingsService } from '../../src/reconciliation/findings.service.js';
import { JudgingService } from '../../src/reconciliation/judging.service.js';
import {
  anOpenFinding,
  balanceOf,
  bills,
  findings,
  giveBack,
  openShop,
  reconcile,
  sell,
  setChinaTime,
} from './bookkeeper.js';

let shop: Shop;
let ana: Phone;
let olive: Desk;
let skuId: string;

beforeAll(async () => {
  shop = await openShop();
  await setChinaTime(shop, '2026-11-10 12:00:00');
  [ana, olive] = await Promise.all([shop.login('ana'), shop.operator('olive')]);
  ({ skuId } = await anOffer(shop, { size: 2, priceMinor: 10_000, stock: 1_000 }));
});
afterAll(async () => {
  await shop.close();
});
afterEach(async () => {
  await expectSettled(shop);
});

const statuses = async (): Promise<string[]> => (await bills(shop)).map(({ day, status }) => `${day} ${status}`);

describe('a shop that did nothing wrong', () => {
  it('has no bill to wait for before anything was paid', async () => {
    await reconcile(shop);
    expect(await bills(shop)).toEqual([]);
  });

  it('equals its bills day by day, from ten the next morning', async () => {
    const first = await sell(shop, ana, skuId);
    await setChinaTime(shop, '2026-11-11 09:59:59');
    await reconcile(shop);
    expect(await bills(shop)).toEqual([]);
    await giveBack(olive, first, 2_500);
    await settle(shop);
    await setChinaTime(shop, '2026-11-11 10:00:00');
    await reconcile(shop);
    expect(await bills(shop)).toEqual([
      { type: 'TRADE', day: '2026-11-10', status: 'CLOSED', problem: null },
      { type: 'FUND_FLOW', day: '2026-11-10', status: 'CLOSED', problem: null },
    ]);
    expect(await balanceOf(shop, 'platform:fees')).toBe(-60);
  });

  it('is not blamed for a payment of the last second that it hears of the next day', async () => {
    await setChinaTime(shop, '2026-11-11 23:59:59');
    const checkout = await ana.buy(skuId);
    await ana.pay(checkout.id, { notify: { lose: true } });
    await setChinaTime(shop, '2026-11-12 00:20:00');
    await ana.confirmPayment(checkout.id);
    await settle(shop);
    await setChinaTime(shop, '2026-11-12 10:00:00');
    await reconcile(shop);
    expect((await statuses()).slice(-2)).toEqual(['2026-11-11 CLOSED', '2026-11-11 CLOSED']);
    expect(await findings(shop)).toEqual([]);
  });

  it('is not blamed for refunds that the channel works at over midnight, or gives up', async () => {
    await setChinaTime(shop, '2026-11-12 23:00:00');
    const [kept, closed] = [await sell(shop, ana, skuId), await sell(shop, ana, skuId)];
    const numbers: string[] = [];
    for (const orderId of [kept, closed]) {
      await shop.fault('refund', 'stuck');
      await giveBack(olive, orderId, 3_000);
      await shop.drain();
      const [row] = await shop.rows<{ number: string }>(
        'SELECT out_refund_no AS number FROM refund ORDER BY id DESC LIMIT 1',
      );
      numbers.push(row!.number);
    }
    await setChinaTime(shop, '2026-11-13 10:00:00');
    await shop.emulate(`/emulator/refunds/${numbers[0]!}/end`, { status: 'SUCCESS' });
    await shop.emulate(`/emulator/refunds/${numbers[1]!}/end`, { status: 'CLOSED' });
    await deliver(shop);
    await reconcile(shop);
    for (const day of ['14', '15']) {
      await setChinaTime(shop, `2026-11-${day} 10:00:00`);
      await reconcile(shop);
    }
    expect((await statuses()).filter((one) => !one.endsWith('CLOSED'))).toEqual([]);
    expect(await findings(shop)).toEqual([]);
  });

  it('takes money out to the bank, and its ledger holds what the channel says is left', async () => {
    await shop.emulate('/emulator/withdrawals', { amount: 12_345 });
    await setChinaTime(shop, '2026-11-16 10:00:00');
    await reconcile(shop);
    const [last] = await shop.rows<{ closing: string }>(
      'SELECT closing_minor AS closing FROM bill_day WHERE closing_minor IS NOT NULL ORDER BY day DESC LIMIT 1',
    );
    expect(await balanceOf(shop, 'bank:payouts')).toBe(-12_345);
    expect(await balanceOf(shop, 'channel:wechat')).toBe(-Number(last!.closing));
    expect(await findings(shop)).toEqual([]);
  });
});

describe('a bill that cannot be had', () => {
  it.each<[fault: string, problem: RegExp]>([
    ['bill_late', /NOT_YET/],
    ['wrong_hash', /DAMAGED/],
    ['truncated', /DAMAGED/],
    ['error_500', /SYSTEMERROR/],
  ])('because of %s says so and is fetched later', async (fault, problem) => {
    const [{ now }] = (await shop.rows<{ now: Date }>('SELECT now_at AS now FROM simulated_clock')) as [{ now: Date }];
    await sell(shop, ana, skuId);
    await shop.setTime(new Date(now.getTime() + 86_400_000));
    await shop.fault('tradebill', fault);
    await reconcile(shop);
    const [trade, flow] = (await bills(shop)).slice(-2);
    expect(trade).toMatchObject({ type: 'TRADE', status: 'WAITING', problem: expect.stringMatching(problem) });
    expect(flow).toMatchObject({ type: 'FUND_FLOW', status: 'FETCHED' });
    await reconcile(shop);
    expect((await bills(shop)).filter(({ status }) => status !== 'CLOSED')).toEqual([]);
  });

  it('is asked for again in half an hour if it is being made, else in five minutes', async () => {
    const [{ now }] = (await shop.rows<{ now: Date }>('SELECT now_at AS now FROM simulated_clock')) as [{ now: Date }];
    await sell(shop, ana, skuId);
    await shop.setTime(new Date(now.getTime() + 86_400_000));
    await shop.fault('tradebill', 'bill_late');
    await shop.fault('fundflowbill', 'wrong_hash');
    await reconcile(shop);
    const waits = await shop.rows<{ minutes: string }>(
      "SELECT ROUND(TIMESTAMPDIFF(SECOND, NOW(3), next_try_at) / 60) AS minutes FROM bill_day WHERE status = 'WAITING' ORDER BY type DESC",
    );
    expect(waits.map(({ minutes }) => Number(minutes))).toEqual([30, 5]);
    await reconcile(shop);
  });

  it('leaves nothing behind when it is cut short: what was read of it is read again', async () => {
    const [{ now }] = (await shop.rows<{ now: Date }>('SELECT now_at AS now FROM simulated_clock')) as [{ now: Date }];
    await sell(shop, ana, skuId);
    await shop.setTime(new Date(now.getTime() + 86_400_000));
    await shop.fault('tradebill', 'bill_late');
    await reconcile(shop);
    await shop.rows(
      `INSERT INTO bill_line (bill_day_id, seq, kind, happened_at, channel_number, our_number, state, amount_minor, currency, fee_minor, fee_millionths)
       SELECT id, 1, 'TRADE', NOW(3), 'half', 'half', 'SUCCESS', 1, 'CNY', 0, 0 FROM bill_day WHERE status = 'WAITING'`,
    );
    await reconcile(shop);
    expect(await findings(shop)).toEqual([]);
    expect(await shop.rows("SELECT 1 FROM bill_line WHERE channel_number = 'half'")).toEqual([]);
  });
});

describe('a worker', () => {
  it('closes a bill once, however many compare it at the same time', async () => {
    const [{ now }] = (await shop.rows<{ now: Date }>('SELECT now_at AS now FROM simulated_clock')) as [{ now: Date }];
    await sell(shop, ana, skuId);
    await shop.setTime(new Date(now.getTime() + 86_400_000));
    await shop.fault('tradebill', 'row_extra');
    await reconcile(shop);
    const [bill] = await shop.source.manager.findBy(BillDay, { status: 'OPEN' });
    await shop.rows("UPDATE bill_line SET state = 'REVOKED' WHERE our_number = 'nobodys_order'");
    await shop.rows('UPDATE bill_day SET in_minor = in_minor / 2 WHERE id = ?', [idBytes(bill!.id)]);
    const judging = shop.get(JudgingService);
    await Promise.all(Array.from({ length: 4 }, () => judging.judge(bill!.id)));
    expect(await findings(shop)).toMatchObject([{ kind: 'EXTRA', status: 'DISSOLVED' }]);
    const posted = await shop.rows("SELECT 1 FROM transfer WHERE code = 'FEE' AND source_id = ?", [idBytes(bill!.id)]);
    expect(posted).toHaveLength(1);
  });

  it('tells how many bills and findings are open, and since when', async () => {
    const { findingId } = await anOpenFinding(shop);
    const text = await shop.get(Metrics).text();
    expect(text).toMatch(/^haotuan_findings_open\{kind="MISSING"\} 1$/m);
    expect(text).toMatch(/^haotuan_bills_not_closed 1$/m);
    expect(Number(/^haotuan_bill_oldest_not_closed_seconds (\d+)/m.exec(text)?.[1])).toBeGreaterThan(86_400);
    await shop.get(FindingsService).resolve(findingId, { by: await olive.staffId(), reason: '测试' });
    expect(await shop.get(Metrics).text()).toMatch(/^haotuan_bill_oldest_not_closed_seconds 0$/m);
  });
});

describe('a channel that wants to be asked more slowly', () => {
  it('is, until every bill is here', async () => {
    const slow = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { billsPerSecond: 2 } });
    try {
      await setChinaTime(slow, '2026-11-10 12:00:00');
      const { skuId: sku } = await anOffer(slow, { size: 2, priceMinor: 10_000, stock: 10 });
      await sell(slow, await slow.login('bo'), sku);
      await setChinaTime(slow, '2026-11-16 10:00:00');
      await reconcile(slow);
      await until(async () => {
        await slow.drain();
        return (await bills(slow)).every(({ status }) => status === 'CLOSED');
      }, 'every bill is closed');
      expect((await bills(slow)).map(({ problem }) => problem)).toEqual(Array<null>(12).fill(null));
    } finally {
      await slow.close();
    }
  });
});
