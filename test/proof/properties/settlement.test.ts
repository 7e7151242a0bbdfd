import { describe, expect, it } from '@jest/globals';
import { sumMinor } from '#common';
import { payoutLife } from '#payouts';
import { baseOf, split, type Split, takeBack } from '../../../src/orders/settlement/split.rules.js';
import { itLives } from './lives.js';
import { fc } from './seeded.js';

const orders = fc
  .record({
    paidMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
    backBps: fc.integer({ min: 0, max: 10_000 }),
    freightBps: fc.integer({ min: 0, max: 10_000 }),
    commissionBps: fc.integer({ min: 0, max: 5_000 }),
  })
  .map(({ paidMinor, backBps, freightBps, commissionBps }) => ({
    keptMinor: paidMinor - Math.floor((paidMinor * backBps) / 10_000),
    freightMinor: Math.floor((paidMinor * freightBps) / 10_000),
    commissionBps,
  }));
const asked = fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { maxLength: 4 });

const partsOf = ({ commissionMinor, sharesMinor, supplierMinor }: Split): number[] => [
  ...[commissionMinor, supplierMinor],
  ...sharesMinor,
];

describe('what is kept of an order', () => {
  it('is split whole, to the fen, and nobody gets less than nothing or of the freight but the supplier', () => {
    fc.assert(
      fc.property(orders, asked, (order, askedMinor) => {
        const parts = split(order, askedMinor);
        expect(sumMinor(partsOf(parts))).toBe(order.keptMinor);
        for (const minor of partsOf(parts)) expect(minor).toBeGreaterThanOrEqual(0);
        expect(parts.supplierMinor).toBeGreaterThanOrEqual(order.keptMinor - baseOf(order));
        for (const [nth, minor] of parts.sharesMinor.entries()) expect(minor).toBeLessThanOrEqual(askedMinor[nth]!);
      }),
    );
  });
});

describe('what goes back of a settled order', () => {
  it('is taken whole, however it is cut up, of what each still holds, until nobody holds anything', () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 10_000 }), { maxLength: 5 });
    fc.assert(
      fc.property(orders, asked, cuts, (order, askedMinor, cutsBps) => {
        const settled = { ...order, ...split(order, askedMinor) };
        let held: Split = settled;
        let leftMinor = order.keptMinor;
        for (const cutBps of [...cutsBps, 10_000]) {
          const backMinor = Math.floor((leftMinor * cutBps) / 10_000);
          const back = takeBack(settled, held, backMinor);
          expect(sumMinor(partsOf(back))).toBe(backMinor);
          held = {
            commissionMinor: held.commissionMinor - back.commissionMinor,
            sharesMinor: held.sharesMinor.map((minor, nth) => minor - back.sharesMinor[nth]!),
            supplierMinor: held.supplierMinor - back.supplierMinor,
          };
          for (const minor of [...partsOf(back), ...partsOf(held)]) expect(minor).toBeGreaterThanOrEqual(0);
          leftMinor -= backMinor;
        }
        expect(sumMinor(partsOf(held))).toBe(0);
      }),
    );
  });

  it('leaves the shop the commission on what stays, and not a fen less', () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: 0, max: 10_000 }), (order, cutBps) => {
        const settled = { ...order, ...split(order, []) };
        const backMinor = Math.floor((order.keptMinor * cutBps) / 10_000);
        const { commissionMinor } = takeBack(settled, settled, backMinor);
        const due = split({ ...order, keptMinor: order.keptMinor - backMinor }, []).commissionMinor;
        expect(settled.commissionMinor - commissionMinor).toBe(Math.max(due, settled.commissionMinor - backMinor));
      }),
    );
  });
});

itLives('a payout', payoutLife, {
  first: 'PROPOSED',
  ends: ['PAID', 'CANCELLED'],
  ways: [
    ['PROPOSED', 'APPROVED', 'PAID'],
    ['PROPOSED', 'CANCELLED'],
    ['APPROVED', 'CANCELLED'],
  ],
  never: [
    ['PAID', 'CANCELLED'],
    ['CANCELLED', 'PAID'],
    ['APPROVED', 'PROPOSED'],
  ],
});
