import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Product, Stock, StockService, type SkuId, type SupplierId } from '#catalog';
import { idBytes, Metrics, newId, Transactor } from '#common';
import { StockWarningsService } from '../../src/catalog/stock/stock-warnings.service.js';
import { anOffer, type OnSale } from '../support/builders.js';
import { said, tell, type Told } from '../support/catalogue.js';
import type { Client } from '../support/client.js';
import type { Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

let shop: Shop;
let cato: Desk;
let fay: Desk;
let supplierId: SupplierId;

beforeAll(async () => {
  shop = await Shop.open();
  cato = await shop.operator('cato', 'CATALOG');
  const { productId } = await anOffer(shop);
  ({ supplierId } = await shop.source.manager.findOneByOrFail(Product, { id: productId }));
  fay = await shop.supplier('fay', supplierId);
});
afterAll(async () => {
  await shop.close();
});

const stockOf = async (skuId: SkuId): Promise<[onHand: number, reserved: number]> => {
  const { onHand, reserved } = await shop.source.manager.findOneByOrFail(Stock, { skuId });
  return [onHand, reserved];
};
const adjust = (skuId: SkuId, units: number, by: Client = cato): Promise<Told> =>
  tell(by, by === fay ? 'suppliedStockAdjust' : 'stockAdjust', { skuId, units });
const receive = (skuId: SkuId, units: number, by: Client = cato): Promise<Told> =>
  tell(by, by === fay ? 'suppliedStockReceive' : 'stockReceive', { skuId, units });

describe('stock', () => {
  it('grows by what comes in and becomes what a count finds, never less than nothing', async () => {
    const { skuId } = await anOffer(shop, { stock: 10 });
    await (await shop.login('ana')).buy(skuId, 4);
    expect((await receive(skuId, 5)).stock).toEqual({ onHand: 11 });
    expect((await adjust(skuId, -11)).stock).toEqual({ onHand: 0 });
    expect(await adjust(skuId, -1)).toMatchObject({ __typename: 'StockOutOfBounds', onHand: 0 });
    expect((await adjust(skuId, 2)).stock).toEqual({ onHand: 2 });
    expect(await stockOf(skuId)).toEqual([2, 4]);
    await expectSound(shop);
  });

  it('is entered once for each attempt, whatever it is called when it is sent again', async () => {
    const { skuId } = await anOffer(shop, { stock: 10 });
    const input = said('stockReceive', { skuId, units: 5 });
    for (let time = 0; time < 3; time += 1) await tell(cato, 'stockReceive', input);
    expect(await stockOf(skuId)).toEqual([15, 0]);
    await expect(tell(cato, 'stockAdjust', input)).rejects.toThrow('CONFLICT');
    await expect(tell(cato, 'stockReceive', { ...input, units: 6 })).rejects.toThrow('CONFLICT');
  });

  it('is not more than the shop can count', async () => {
    const { skuId } = await anOffer(shop);
    await shop.rows('UPDATE stock SET on_hand = 999999999 WHERE sku_id = ?', [idBytes(skuId)]);
    expect(await receive(skuId, 2)).toMatchObject({ __typename: 'StockOutOfBounds', onHand: 999_999_999 });
    await shop.rows('UPDATE stock SET on_hand = 100 WHERE sku_id = ?', [idBytes(skuId)]);
  });

  it.each([0, 1_000_001, -1_000_001])('is not adjusted by %i units', async (units) => {
    const { skuId } = await anOffer(shop);
    await expect(adjust(skuId, units)).rejects.toThrow('input.units');
    await expect(receive(skuId, Math.min(units, 0))).rejects.toThrow('input.units');
  });

  it('of a supplier is entered by its own people, and nobody else’s is there for them', async () => {
    const [{ skuId }, other] = [await anOffer(shop, { stock: 3 }), await anOffer(shop, { stock: 3, supplier: '牧场' })];
    expect((await receive(skuId, 5, fay)).stock).toEqual({ onHand: 8 });
    expect((await adjust(skuId, -2, fay)).stock).toEqual({ onHand: 6 });
    for (const unknown of [other.skuId, newId('sku')]) {
      await expect(receive(unknown, 5, fay)).rejects.toThrow('NOT_FOUND');
      await expect(adjust(unknown, -1, fay)).rejects.toThrow('NOT_FOUND');
    }
    expect(await stockOf(other.skuId)).toEqual([3, 0]);
    await expectSound(shop);
  });
});

describe('a count at the same moment as sales', () => {
  it('never takes away what is sold: of ten units, twelve reservations and six finds that one is missing', async () => {
    const { skuId } = await anOffer(shop, { stock: 10 });
    const line = () => ({ skuId, orderId: newId('order'), hold: 1, quantity: 1, allotmentId: null });
    const reserve = (): Promise<void> => shop.get(Transactor).run((db) => shop.get(StockService).reserve(db, [line()]));
    const attempts = Array.from({ length: 18 }, (_, number) =>
      number % 3 === 0 ? adjust(skuId, -1).then(({ __typename }) => __typename === 'Sku') : reserve().then(() => true),
    );
    const done = (await Promise.allSettled(attempts)).filter((each) => each.status === 'fulfilled' && each.value);
    expect(done).toHaveLength(10);
    const [onHand, reserved] = await stockOf(skuId);
    const [{ found }] = (await shop.rows<{ found: string }>(
      "SELECT COALESCE(SUM(quantity), 0) AS found FROM stock_move WHERE sku_id = ? AND kind = 'ADJUST'",
      [idBytes(skuId)],
    )) as [{ found: string }];
    expect([onHand, reserved - Number(found)]).toEqual([0, 10]);
  });
});

describe('a warning', () => {
  const look = (): Promise<void> => shop.get(StockWarningsService).look();
  const FIELDS = 'edges { node { lowestUnits since endedAt sku { id lowStockUnits } } }';
  const warnings = async (who: Desk, field = 'stockWarnings'): Promise<Map<string, number>> => {
    const { edges } = await who.ask<{ edges: { node: { lowestUnits: number; sku: { id: string } } }[] }>(
      `{ ${field}(first: 100) { ${FIELDS} } }`,
    );
    return new Map(edges.map(({ node }) => [node.sku.id, node.lowestUnits]));
  };
  const watched = async (stock: number, lowStockUnits: number | null, supplier = '好团自营'): Promise<OnSale> => {
    const sale = await anOffer(shop, { stock, supplier });
    await shop.rows('UPDATE sku SET low_stock_units = ? WHERE id = ?', [lowStockUnits, idBytes(sale.skuId)]);
    return sale;
  };

  it('begins when little is left, sees the lowest, and ends when there is more', async () => {
    const { skuId } = await watched(6, 5);
    await look();
    expect((await warnings(cato)).has(skuId)).toBe(false);
    for (const [units, lowest] of [
      [-1, 5],
      [-3, 2],
      [2, 2],
    ] as const) {
      await adjust(skuId, units);
      await look();
      expect((await warnings(cato)).get(skuId)).toBe(lowest);
    }
    await receive(skuId, 10);
    await look();
    expect((await warnings(cato)).has(skuId)).toBe(false);
    await adjust(skuId, -14);
    await look();
    await look();
    expect((await warnings(cato)).get(skuId)).toBe(0);
    const rows = await shop.rows('SELECT lowest_units, is_open FROM stock_warning WHERE sku_id = ? ORDER BY since', [
      idBytes(skuId),
    ]);
    expect(rows).toEqual([
      { lowest_units: 2, is_open: null },
      { lowest_units: 0, is_open: 1 },
    ]);
  });

  it('ends when nobody wants to be warned, or the SKU is retired', async () => {
    const [one, other] = [await watched(1, 5), await watched(1, 5)];
    await look();
    await shop.rows('UPDATE sku SET low_stock_units = NULL WHERE id = ?', [idBytes(one.skuId)]);
    await shop.rows('UPDATE sku SET is_retired = TRUE WHERE id = ?', [idBytes(other.skuId)]);
    await look();
    const standing = await warnings(cato);
    expect([standing.has(one.skuId), standing.has(other.skuId)]).toEqual([false, false]);
    await shop.rows('UPDATE sku SET is_retired = FALSE WHERE id = ?', [idBytes(other.skuId)]);
  });

  it('is for the shop and the supplier of the goods, and for no other', async () => {
    const [own, others] = [await watched(1, 1), await watched(0, 0, '牧场')];
    await look();
    const [shops, fays] = [await warnings(cato), await warnings(fay, 'suppliedStockWarnings')];
    expect([shops.has(own.skuId), shops.has(others.skuId)]).toEqual([true, true]);
    expect([fays.has(own.skuId), fays.has(others.skuId)]).toEqual([true, false]);
    const asked = 'query ($id: ID!) { product(id: $id) { skus { lowStockUnits } } }';
    const shown = (who: Client): Promise<unknown> => who.ask(asked, { id: own.productId });
    expect([await shown(cato), await shown(fay), await shown(shop.guest)]).toEqual(
      [1, 1, null].map((lowStockUnits) => ({ skus: [{ lowStockUnits }] })),
    );
  });

  it('is counted for whoever watches the shop', async () => {
    await watched(0, 0);
    await look();
    const { size } = await warnings(cato);
    expect(await shop.get(Metrics).text()).toContain(`\nhaotuan_stock_warnings ${size}\n`);
  });

  it('is begun once by two who look at the same moment', async () => {
    const { skuId } = await watched(1, 5);
    await Promise.allSettled([look(), look()]);
    await look();
    expect((await warnings(cato)).get(skuId)).toBe(1);
    await expectSound(shop);
  });
});
