import { goodsOf } from '../ground.js';
import type { Pair } from '../pair.js';

export const lastOfTheShare: Pair = {
  name: 'two who open for the last unit of the offer’s share',
  prepare: async (ground) => {
    const [first, ana, bo] = await ground.buyers(3);
    const onSale = await ground.offer({ size: 2, stock: 10, unitsMax: 2 });
    const { id } = onSale.offer;
    await first!.open(id);
    return {
      people: { first: first!.id, ana: ana!.id, bo: bo!.id },
      goods: goodsOf(onSale),
      works: [() => ana!.open(id), () => bo!.open(id)],
    };
  },
  ends: [
    { answers: ['Seat', 'SoldOut'], rows: ['share 2 of 2', 'seat of ana HELD 1'] },
    { answers: ['SoldOut', 'Seat'], rows: ['share 2 of 2', 'seat of bo HELD 1'] },
  ],
};

export const lastInStock: Pair = {
  name: 'one who buys alone and one who opens a team, for the last unit in stock',
  prepare: async (ground) => {
    const [first, ana, bo] = await ground.buyers(3);
    const onSale = await ground.offer({ size: 2, stock: 2 });
    const goods = goodsOf(onSale);
    await ground.buy(first!, goods);
    return {
      people: { first: first!.id, ana: ana!.id, bo: bo!.id },
      goods,
      works: [() => ground.buy(ana!, goods), () => bo!.open(onSale.offer.id)],
    };
  },
  ends: [
    { answers: ['Checkout', 'SoldOut'], rows: ['stock 0 reserved 2 sold 0', 'checkout of ana HELD 10000'] },
    { answers: ['SoldOut', 'Seat'], rows: ['stock 0 reserved 2 sold 0', 'seat of bo HELD 1'] },
  ],
};
