import type { SeededBug } from '../bug.js';

const SERVICE = 'src/orders/orders.service.ts';
const RULES = 'src/orders/order.rules.ts';

export const ORDERS: readonly SeededBug[] = [
  {
    name: 'a payment counts as in time however late it comes',
    file: RULES,
    search: "return checkout.status === 'HELD' && succeededAt <= checkout.payUntil;",
    replace: 'return succeededAt.getTime() > 0;',
    caughtBy: {
      file: 'test/orders/order.rules.test.ts',
      test: 'a payment a millisecond later, though all is still held',
    },
  },
  {
    name: 'late money for goods bought alone is kept',
    file: SERVICE,
    search: "for (const order of alone) await this.refunding.refundWhole(db, order, 'LATE');",
    replace: '',
    caughtBy: {
      file: 'test/payments/payments.test.ts',
      test: 'a payment that comes too late for goods bought alone goes back',
    },
  },
  {
    name: 'stock is sold before the team has formed',
    file: SERVICE,
    search: 'if (alone.length === 0) return;',
    replace: 'if (alone.length === 0) return this.stock.commit(db, orders.map(holdOf));',
    caughtBy: { file: 'test/teams/leaving.test.ts', test: 'gives the stock back with the seat' },
  },
  {
    name: 'what was held for an unpaid order stays reserved',
    file: SERVICE,
    search: `await giveUnitsBack(db, boughtAlone(orders));
    await this.stock.release(db, orders.map(holdOf));`,
    replace: 'await giveUnitsBack(db, boughtAlone(orders));',
    caughtBy: { file: 'test/payments/attempts.test.ts', test: 'an unpaid checkout is released once' },
  },
  {
    name: 'an operator gives back what is promised back already',
    file: RULES,
    search: 'const leftMinor = payableMinor - refundingMinor;',
    replace: 'const leftMinor = payableMinor - Math.min(refundingMinor, 0);',
    caughtBy: {
      file: 'test/payments/giving-back.test.ts',
      test: 'never exceeds what is left, promised refunds included',
    },
  },
  {
    name: 'operators who give back at once do not wait for each other',
    file: 'src/orders/refunding/refunding.service.ts',
    search: 'const order = await db.findOne(Order, { where: { id: orderId }, lock: LOCK });',
    replace: 'const order = await db.findOne(Order, { where: { id: orderId } });',
    caughtBy: {
      file: 'test/payments/giving-back.test.ts',
      test: 'gives ten operators who ask at once no more than the order has',
    },
  },
  {
    name: 'another person’s checkout can be read and paid for',
    file: 'src/orders/checkouts.service.ts',
    search: 'const checkout = await db.findOneBy(Checkout, { id, buyerId });',
    replace: 'const checkout = await db.findOneBy(Checkout, { id });',
    caughtBy: { file: 'test/api/access.test.ts', test: 'what is somebody else’s is as good as not there' },
  },
  {
    name: 'operators see the whole address of a buyer',
    file: 'src/orders/delivery/delivery.rules.ts',
    search: 'return viewerId === buyerId ? delivery : { address: maskedAddress(delivery.address) };',
    replace:
      'return viewerId === null && buyerId !== viewerId ? { address: maskedAddress(delivery.address) } : delivery;',
    caughtBy: { file: 'test/orders/delivery.rules.test.ts', test: 'of where an order goes' },
  },
];
