import { expect } from '@jest/globals';
import type { Kind } from '../command.js';
import { ask, newKey, remember } from './asking.js';

interface Entry {
  readonly isSuppliers: boolean;
  readonly isCount: boolean;
  readonly units: number;
}

/** Goods come in, or a count finds more or fewer, by the shop or by the supplier. */
export const stockEnter: Kind<Entry> = {
  name: 'stockEnter',
  mutations: ['stockReceive', 'stockAdjust', 'suppliedStockReceive', 'suppliedStockAdjust'],
  weight: 4,
  choose: (_model, dice) => {
    const isCount = dice.happens(60);
    return { isSuppliers: dice.happens(40), isCount, units: isCount ? dice.pick(1, -1, -2, -20) : dice.pick(1, 2) };
  },
  tell: ({ isSuppliers, isCount, units }) =>
    `${isSuppliers ? 'the supplier' : 'an operator'} ${isCount ? 'counts' : 'takes in'} ${units}`,
  act: async ({ isSuppliers, isCount, units }, model, run) => {
    const { goods } = model;
    const phone = isSuppliers ? await run.world.supplier(goods.productId) : await run.world.operator();
    const what = isCount ? 'tockAdjust' : 'tockReceive';
    const mutation = isSuppliers ? `suppliedS${what}` : `s${what}`;
    const promised = goods.unitsFree + units < 0 ? 'StockOutOfBounds' : 'Sku';
    const input = { skuId: goods.skuId, units, reason: 'a run of the model', idempotencyKey: newKey() };
    const answer = await ask(run, phone, mutation, promised, input);
    if (answer.type !== 'Sku') return `${mutation} ${answer.type}`;
    goods.unitsFree += units;
    goods.unitsInAll += units;
    expect(answer.value['stock']).toEqual({ onHand: goods.unitsFree });
    remember(model, run, { phone, person: null, mutation, input, other: { units: units + 30 }, answer });
    return `${mutation} ${answer.type}`;
  },
};

/** An operator gives the goods another price for buying alone. */
export const skuPriceSet: Kind<number> = {
  name: 'skuPriceSet',
  mutations: ['skuPriceSet'],
  weight: 2,
  choose: (_model, dice) => dice.pick(1_000, 900, 1_200),
  tell: (priceMinor) => `an operator sets the price to ${priceMinor}`,
  act: async (priceMinor, model, run) => {
    const phone = await run.world.operator();
    const input = { skuId: model.goods.skuId, priceMinor, reason: 'a run of the model', idempotencyKey: newKey() };
    const answer = await ask(run, phone, 'skuPriceSet', 'Sku', input);
    model.goods.priceMinor = priceMinor;
    expect(answer.value['priceMinor']).toBe(priceMinor);
    remember(model, run, { phone, person: null, mutation: 'skuPriceSet', input, other: { priceMinor: 1 }, answer });
    return answer.type;
  },
};
