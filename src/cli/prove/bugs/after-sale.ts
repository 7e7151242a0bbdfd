import type { SeededBug } from '../bug.js';

const REFUNDING = 'src/orders/refunding/refunding.service.ts';
const SHARES = 'src/orders/refunding/line-refund.rules.ts';
const APPLICATION = 'src/after-sale/applying/application.rules.ts';
const BOOK = 'src/after-sale/cases/case-book.ts';
const CASE_REFUNDS = 'src/after-sale/cases/case-refunds.ts';
const BY_LINE = 'test/orders/line-refunds.test.ts';
const SHARED = 'test/orders/line-refund.rules.test.ts';
const RULED = 'test/after-sale/application.rules.test.ts';
const WALK = 'test/after-sale/walk.test.ts';
const RACES = 'test/after-sale/races.test.ts';

export const AFTER_SALE: readonly SeededBug[] = [
  {
    name: 'freight goes back although something was shipped',
    file: SHARES,
    search: 'const freightMinor = isNothingShipped ?',
    replace: 'const freightMinor = lines.length > 0 ?',
    caughtBy: { file: SHARED, test: 'for shipped units has no freight' },
  },
  {
    name: 'units that another case withholds are cancelled',
    file: SHARES,
    search: 'return quantity - shippedQuantity - cancelledQuantity - withheldQuantity;',
    replace: 'return quantity - shippedQuantity - cancelledQuantity;',
    caughtBy: { file: WALK, test: 'that is taken back when the units are partly shipped' },
  },
  {
    name: 'cancelled units stay sold',
    file: REFUNDING,
    search: 'await this.stock.putBack(db, { orderId: order.id, hold: order.hold }, returned);',
    replace: '',
    caughtBy: { file: BY_LINE, test: 'are for sale again at once' },
  },
  {
    name: 'cancelled units still count as the buyer’s',
    file: REFUNDING,
    search: 'if (!order.awaitsTeam) await giveCancelledUnitsBack(db, order, refund);',
    replace: '',
    caughtBy: { file: BY_LINE, test: 'are for sale again at once' },
  },
  {
    name: 'an order whose rest was given back waits to be shipped for ever',
    file: REFUNDING,
    search: 'await this.cancellations.tell(db, order);',
    replace: '',
    caughtBy: { file: BY_LINE, test: 'so it is shipped since its last parcel' },
  },
  {
    name: 'the last of an order’s money is for no units',
    file: 'src/orders/refunding/refund-promises.ts',
    search: 'if (order.refundingMinor < order.payableMinor) return [];',
    replace: 'if (order.refundingMinor <= order.payableMinor) return [];',
    caughtBy: { file: BY_LINE, test: 'do not come back twice when the rest of the order is given back too' },
  },
  {
    name: 'what is asked back is shipped all the same',
    file: 'src/fulfilment/parcels/parcel.rules.ts',
    search: 'line.quantity - line.withheldQuantity]));',
    replace: 'line.quantity]));',
    caughtBy: { file: WALK, test: 'is asked for, approved by the supplier, and back with the buyer' },
  },
  {
    name: 'an order is asked back without its lock',
    file: 'src/after-sale/applying/applying.service.ts',
    search: "where: { id, buyerId }, lock: { mode: 'pessimistic_write' } });",
    replace: 'where: { id, buyerId } });',
    caughtBy: { file: RACES, test: 'who ask for the last unit, one gets it' },
  },
  {
    name: 'somebody asks back another one’s order',
    file: 'src/after-sale/applying/applying.service.ts',
    search: 'where: { id, buyerId }, lock',
    replace: 'where: { id }, lock',
    caughtBy: { file: WALK, test: 'is nobody’s but its buyer’s' },
  },
  {
    name: 'a supplier decides on another one’s case',
    file: BOOK,
    search: 'return supplierId === null ? {} : { supplierId };',
    replace: 'return supplierId === null ? {} : {};',
    caughtBy: { file: WALK, test: 'is nobody’s but its buyer’s' },
  },
  {
    name: 'fresh goods are sent back',
    file: APPLICATION,
    search: "const isSentBack = kind === 'RETURN_AND_REFUND' && returnRule === 'FRESH';",
    replace: 'const isSentBack = false;',
    caughtBy: { file: RULED, test: 'of goods that are FRESH asks by QUALITY for RETURN_AND_REFUND' },
  },
  {
    name: 'goods are asked back after the window',
    file: APPLICATION,
    search: 'completesAt <= now);',
    replace: 'completesAt < now);',
    caughtBy: { file: RULED, test: 'that is RECEIVED and completes at' },
  },
  {
    name: 'units of a refused case cannot be shipped',
    file: BOOK,
    search: 'if (didWithhold) await letShip(db, row.id);',
    replace: '',
    caughtBy: { file: WALK, test: 'is refused because it is shipped already' },
  },
  {
    name: 'what came back for sale is not',
    file: CASE_REFUNDS,
    search: 'if (isResaleable) await this.restocking.restock(',
    replace: 'if (!isResaleable) await this.restocking.restock(',
    caughtBy: { file: WALK, test: 'received as good as new, for sale again' },
  },
  {
    name: 'an order is completed while something of it is asked back',
    file: 'src/fulfilment/receipt/receipts.service.ts',
    search: 'order.refundingMinor === order.refundedMinor && order.openAfterSales === 0;',
    replace: 'order.refundingMinor === order.refundedMinor;',
    caughtBy: { file: RACES, test: 'is not completed by a clock that read it before' },
  },
  {
    name: 'a case whose refund has a successor never ends',
    file: 'src/after-sale/cases/case-outcomes.service.ts',
    search: 'id = refund.predecessorId;',
    replace: 'id = null;',
    caughtBy: { file: WALK, test: 'is done when its successor has arrived' },
  },
  {
    name: 'evidence is deleted by its buyer',
    file: 'src/media/images.service.ts',
    search: "if (image.isKept) throw new RequestError('CONFLICT', KEPT);",
    replace: '',
    caughtBy: { file: WALK, test: 'is shown by photos, which stay' },
  },
];
