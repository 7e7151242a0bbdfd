import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SupplierId } from '#catalog';
import { type Id, idBytes, secondsAfter } from '#common';
import { ReceiptsService } from '#fulfilment';
import { JobRunner } from '#jobs';
import { Payees } from '#orders';
import { bought, giveBack, orderOf, receive, ship, supplierOf } from '../../fulfilment/warehouse.js';
import { anOffer, type OnSale, sentBy } from '../../support/builders.js';
import type { Desk } from '../../support/desk.js';
import { complete } from '../../support/fulfilment.js';
import type { Phone } from '../../support/phone.js';
import { Shop } from '../../support/shop.js';
import { deliver, expectEqualBooks, expectSettled } from '../../support/sound.js';
import { agreed, owedTo, setRate, settlementOf } from './counting-house.js';

const PRICE = 10_000;
const DAY_SECONDS = 24 * 3_600;
const REFERRAL = { name: 'referral', account: 'platform:revenue' } as const;

let shop: Shop;
let [ana, olga]: [Phone, Desk] = [] as never;
let sale: OnSale;
let supplierId: SupplierId;
let shops = 0;
/** What the referral asks for of each order. */
let asked: number[] = [];

beforeAll(async () => {
  shop = await Shop.open({ wechat: { refundGapSeconds: 0 } });
  [ana, olga] = [await shop.login('ana'), await shop.operator('olga')];
  shop.get(Payees).register({
    name: REFERRAL.name,
    earningsOf: () => Promise.resolve(asked.map((amountMinor) => ({ account: REFERRAL.account, amountMinor }))),
  });
});
afterAll(async () => {
  await shop.close();
});
beforeEach(async () => {
  asked = [];
  shops += 1;
  sale = await anOffer(shop, { priceMinor: PRICE, supplier: `供应商${shops}` });
  supplierId = await supplierOf(shop, sale);
});
afterEach(async () => {
  await deliver(shop);
  await expectSettled(shop);
});

/** An order that was received, and for which nothing can be asked back any more. */
async function completed(quantity = 1): Promise<string> {
  const orderId = await bought(shop, ana, sale.skuId, quantity);
  await complete(shop, await ana.userId());
  expect((await orderOf(ana, orderId)).status).toBe('COMPLETED');
  return orderId;
}

async function escrowOf(orderId: string): Promise<number> {
  const [row] = await shop.rows<{ balance_minor: string }>('SELECT balance_minor FROM account WHERE path = ?', [
    `order:${orderId}`,
  ]);
  return Number(row!.balance_minor);
}

describe('an order that is completed', () => {
  it('is its supplier’s whole where no commission is agreed', async () => {
    const orderId = await completed(2);
    expect(await settlementOf(olga, orderId)).toEqual({
      ...{ keptMinor: 2 * PRICE, baseMinor: 2 * PRICE, commissionBps: 0, commissionMinor: 0, supplierMinor: 2 * PRICE },
      ...{ returnedMinor: 0, commissionReturnedMinor: 0, supplierReturnedMinor: 0, shares: [] },
      entries: [{ kind: 'SETTLED', amountMinor: 2 * PRICE }],
    });
    expect([await owedTo(shop, supplierId), await escrowOf(orderId)]).toEqual([2 * PRICE, 0]);
  });

  it('is split by the commission on its goods; freight is the supplier’s', async () => {
    await agreed(shop, supplierId, 333);
    await sentBy(shop, sale, 1_000, {
      elsewhere: { firstGrams: 1_000, firstMinor: 801, stepGrams: 500, stepMinor: 200, freeFromMinor: null },
    });
    const orderId = await completed();
    expect(await settlementOf(olga, orderId)).toMatchObject({
      ...{ keptMinor: PRICE + 801, baseMinor: PRICE, commissionBps: 333, commissionMinor: 333 },
      supplierMinor: PRICE + 801 - 333,
    });
  });

  it('pays others of the goods as they ask, until nothing is left', async () => {
    await agreed(shop, supplierId, 5_000);
    asked = [3_000, 4_000];
    const orderId = await completed();
    expect(await settlementOf(olga, orderId)).toMatchObject({
      ...{ commissionMinor: 5_000, supplierMinor: 0, entries: [] },
      shares: [
        { payee: 'referral', amountMinor: 3_000, returnedMinor: 0 },
        { payee: 'referral', amountMinor: 2_000, returnedMinor: 0 },
      ],
    });
    expect(await owedTo(shop, supplierId)).toBe(0);
  });

  it('is settled from what was not given back before', async () => {
    await agreed(shop, supplierId, 1_000);
    const orderId = await bought(shop, ana, sale.skuId);
    await ship(olga, orderId);
    await giveBack(olga, orderId, 2_500);
    await deliver(shop);
    await complete(shop, await ana.userId());
    expect(await settlementOf(olga, orderId)).toMatchObject({ keptMinor: 7_500, commissionMinor: 750 });
    expect(await owedTo(shop, supplierId)).toBe(6_750);
  });

  it('bears the commission of the time at which it was placed', async () => {
    await agreed(shop, supplierId, 300, 100);
    const orderId = await bought(shop, ana, sale.skuId);
    await shop.rows('UPDATE orders SET placed_at = placed_at - INTERVAL 2 DAY WHERE id = ?', [idBytes(orderId as Id)]);
    await agreed(shop, supplierId, 2_000, 1);
    await complete(shop, await ana.userId());
    expect(await settlementOf(olga, orderId)).toMatchObject({ commissionBps: 300, commissionMinor: 300 });
  });

  it('costs nobody anything if it was free', async () => {
    sale = await anOffer(shop, { priceMinor: 0, teamPriceMinor: 0, supplier: '赠品供应商' });
    const checkout = await ana.buy(sale.skuId);
    await complete(shop, await ana.userId());
    const settlement = await settlementOf(olga, checkout.orders[0]!.id);
    expect(settlement).toMatchObject({ keptMinor: 0, supplierMinor: 0, entries: [] });
  });

  it('is settled once, however many workers complete it', async () => {
    const orders = [await bought(shop, ana, sale.skuId), await bought(shop, ana, sale.skuId)];
    for (const id of orders) {
      await ship(olga, id);
      await receive(ana, id);
      await shop.rows(
        'UPDATE orders SET to_fulfil_at = to_fulfil_at - INTERVAL 30 DAY, receive_by = receive_by - INTERVAL 30 DAY, received_at = received_at - INTERVAL 30 DAY, completes_at = completes_at - INTERVAL 30 DAY WHERE id = ?',
        [idBytes(id as Id)],
      );
    }
    await Promise.all(Array.from({ length: 4 }, () => shop.get(ReceiptsService).completeOverdue()));
    expect(await owedTo(shop, supplierId)).toBe(2 * PRICE);
  });
});

describe('money of a settled order that goes back', () => {
  it('is taken from the shop and the supplier in proportion, and explains itself', async () => {
    await agreed(shop, supplierId, 1_000);
    const orderId = await completed();
    expect(await giveBack(olga, orderId, 2_500)).toMatchObject({ __typename: 'Refund' });
    await deliver(shop);
    expect(await settlementOf(olga, orderId)).toMatchObject({
      ...{ keptMinor: PRICE, commissionMinor: 1_000, supplierMinor: 9_000 },
      ...{ returnedMinor: 2_500, commissionReturnedMinor: 250, supplierReturnedMinor: 2_250 },
      entries: [
        { kind: 'SETTLED', amountMinor: 9_000 },
        { kind: 'RETURNED', amountMinor: -2_250 },
      ],
    });
    expect([await owedTo(shop, supplierId), await escrowOf(orderId)]).toEqual([6_750, 0]);
    await expectEqualBooks(shop);
  });

  it('takes the shares of others, too, and all of them with the last of the money', async () => {
    await agreed(shop, supplierId, 1_000);
    asked = [501];
    const orderId = await completed();
    await giveBack(olga, orderId, 3_333);
    await giveBack(olga, orderId, PRICE - 3_333);
    await deliver(shop);
    const settlement = await settlementOf(olga, orderId);
    expect(settlement).toMatchObject({
      ...{ returnedMinor: PRICE, commissionReturnedMinor: 1_000, supplierReturnedMinor: 8_499 },
      shares: [{ payee: 'referral', amountMinor: 501, returnedMinor: 501 }],
    });
    expect((await orderOf(ana, orderId)).status).toBe('REFUNDED');
    expect(await owedTo(shop, supplierId)).toBe(0);
  });

  it('becomes a debt of a supplier who was owed less, which new sales make up for', async () => {
    const orderId = await completed();
    await shop.rows('UPDATE account SET balance_minor = 0 WHERE path = ?', [`supplier:${supplierId}:payable`]);
    await giveBack(olga, orderId, 4_000);
    expect(await owedTo(shop, supplierId)).toBe(-4_000);
    await shop.rows('UPDATE account SET balance_minor = balance_minor + ? WHERE path = ?', [
      PRICE,
      `supplier:${supplierId}:payable`,
    ]);
    await completed();
    expect(await owedTo(shop, supplierId)).toBe(2 * PRICE - 4_000);
  });

  it('asked for by many at once is never more than was paid', async () => {
    await agreed(shop, supplierId, 777);
    const orderId = await completed();
    const answers = await Promise.all(Array.from({ length: 6 }, () => giveBack(olga, orderId, 3_000)));
    expect(answers.filter(({ __typename }) => __typename === 'Refund')).toHaveLength(3);
    await deliver(shop);
    expect(await settlementOf(olga, orderId)).toMatchObject({ returnedMinor: 9_000 });
  });

  it('and the clock that completes it agree, whoever is first', async () => {
    await agreed(shop, supplierId, 1_000);
    for (let round = 0; round < 10; round += 1) {
      const orderId = await bought(shop, ana, sale.skuId);
      await ship(olga, orderId);
      await receive(ana, orderId);
      await shop.rows(
        'UPDATE orders SET to_fulfil_at = to_fulfil_at - INTERVAL 30 DAY, receive_by = receive_by - INTERVAL 30 DAY, received_at = received_at - INTERVAL 30 DAY, completes_at = completes_at - INTERVAL 30 DAY WHERE id = ?',
        [idBytes(orderId as Id)],
      );
      await Promise.all([giveBack(olga, orderId, 1_000), shop.get(ReceiptsService).completeOverdue()]);
      await deliver(shop);
      await shop.get(ReceiptsService).completeOverdue();
      const settlement = (await settlementOf(olga, orderId))!;
      expect(settlement.keptMinor - settlement.returnedMinor).toBe(9_000);
    }
  });
});

describe('a rate', () => {
  it('is refused if it reaches back, or is higher and not announced seven days before', async () => {
    const now = Date.now();
    const back = await setRate(olga, supplierId, 0, new Date(now - 60_000));
    expect(back).toMatchObject({ __typename: 'RateTooSoon' });
    const soon = await setRate(olga, supplierId, 100, new Date(now + 6 * DAY_SECONDS * 1_000));
    expect(soon).toMatchObject({ __typename: 'RateTooSoon', message: expect.stringContaining('提前七天') });
    expect(Date.parse(soon.earliest!)).toBeGreaterThanOrEqual(now + 7 * DAY_SECONDS * 1_000);
  });

  it('of a supplier that there is not is not found', async () => {
    const nobody = 'supplier_00000000000000000000000000' as SupplierId;
    await expect(setRate(olga, nobody, 0, secondsAfter(new Date(), 60))).rejects.toThrow(/NOT_FOUND|not found/i);
  });
});

it('orders that were completed before there was settlement are settled by a job', async () => {
  const orderId = await completed();
  // As it stood before: the order completed, its money still in escrow.
  await shop.rows('DELETE FROM settlement WHERE order_id = ?', [idBytes(orderId as Id)]);
  await shop.rows('DROP TRIGGER supplier_entry_no_delete');
  await shop.rows('DROP TRIGGER transfer_no_delete');
  await shop.rows('DELETE FROM supplier_entry WHERE order_id = ?', [idBytes(orderId as Id)]);
  await shop.rows("DELETE FROM transfer WHERE source_id = ? AND kind = 'SETTLEMENT'", [idBytes(orderId as Id)]);
  await shop.rows("CREATE TRIGGER transfer_no_delete BEFORE DELETE ON transfer FOR EACH ROW SIGNAL SQLSTATE '45000'");
  await shop.rows(
    "CREATE TRIGGER supplier_entry_no_delete BEFORE DELETE ON supplier_entry FOR EACH ROW SIGNAL SQLSTATE '45000'",
  );
  await shop.rows('UPDATE account SET balance_minor = 0 WHERE path = ?', [`supplier:${supplierId}:payable`]);
  await shop.rows('UPDATE account SET balance_minor = ? WHERE path = ?', [PRICE, `order:${orderId}`]);
  await shop.rows("INSERT INTO job (name, args, run_at) VALUES ('orders.settleCompleted', '{}', NOW(3))");
  await shop.get(JobRunner).drain();
  expect(await settlementOf(olga, orderId)).toMatchObject({ supplierMinor: PRICE });
  expect([await owedTo(shop, supplierId), await escrowOf(orderId)]).toEqual([PRICE, 0]);
});
