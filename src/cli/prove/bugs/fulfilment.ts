import type { SeededBug } from '../bug.js';

const RULES = 'src/fulfilment/parcels/parcel.rules.ts';
const PARCELS = 'src/fulfilment/parcels/parcels.service.ts';
const RECEIPTS = 'src/fulfilment/receipt/receipts.service.ts';
const UPLOADS = 'src/fulfilment/uploads/shipping-uploads.service.ts';
const DRIVER = 'src/fulfilment/uploads/upload.driver.ts';
const SHIPPING = 'test/fulfilment/shipping.test.ts';
const RECEIPT = 'test/fulfilment/receipt.test.ts';
const UPLOADED = 'test/fulfilment/uploads.test.ts';

export const FULFILMENT: readonly SeededBug[] = [
  {
    name: 'an order is shipped although all of its money goes back',
    file: RULES,
    search: 'if (isAllPromisedBack(order)) return new OrderPromisedBack();',
    replace: '',
    caughtBy: { file: SHIPPING, test: 'is not shipped any more, stands in no list' },
  },
  {
    name: 'a supplier ships another one’s order',
    file: PARCELS,
    search: 'if (!order || (by.supplierId !== null && order.supplierId !== by.supplierId)) throw notFound(path);',
    replace: 'if (!order) throw notFound(path);',
    caughtBy: { file: SHIPPING, test: 'finds no way to ship somebody else’s order' },
  },
  {
    name: 'a supplier is told where everybody’s orders go',
    file: 'src/fulfilment/parcels/orders-to-ship.service.ts',
    search: '...(supplierId && { supplierId })',
    replace: '',
    caughtBy: { file: SHIPPING, test: 'sees their own orders to ship with the whole address' },
  },
  {
    name: 'an order is shipped without its lock',
    file: PARCELS,
    search: "const order = await db.findOne(Order, { where: { id }, lock: { mode: 'pessimistic_write' } });",
    replace: 'const order = await db.findOne(Order, { where: { id } });',
    caughtBy: { file: SHIPPING, test: 'never put more into parcels than was bought' },
  },
  {
    name: 'an order is shipped with its first parcel',
    file: PARCELS,
    search: 'if (isLast(lines, content)) await',
    replace: 'if (content.length > 0) await',
    caughtBy: { file: SHIPPING, test: 'ships an order in parts' },
  },
  {
    name: 'goods of a refunded order stay sold',
    file: 'src/orders/refunding/refunding.service.ts',
    search: 'if (wasToFulfil) await this.#putBack(db, order);',
    replace: '',
    caughtBy: { file: SHIPPING, test: 'its goods are for sale again' },
  },
  {
    name: 'shipped goods come back on sale when their money does',
    file: 'src/orders/order.rules.ts',
    search: 'quantity: line.quantity - line.shippedQuantity - line.cancelledQuantity }))',
    replace: 'quantity: line.quantity - line.cancelledQuantity }))',
    caughtBy: { file: SHIPPING, test: 'does not bring shipped goods back' },
  },
  {
    name: 'the clock receives what its buyer has put off meanwhile',
    file: RECEIPTS,
    search: "order.status === 'SHIPPED' && order.receiveBy && order.receiveBy <= now;",
    replace: "order.status === 'SHIPPED';",
    caughtBy: { file: RECEIPT, test: 'is looked at again under its lock' },
  },
  {
    name: 'somebody receives another one’s order',
    file: RECEIPTS,
    search: 'where: { id, buyerId }, lock: LOCK',
    replace: 'where: { id }, lock: LOCK',
    caughtBy: { file: RECEIPT, test: 'cannot receive what is not shipped, or somebody else’s' },
  },
  {
    name: 'the window for returns ends in the middle of its last day',
    file: 'src/fulfilment/receipt/receipt.rules.ts',
    search: 'day: day + AFTER_SALE_DAYS + 1',
    replace: 'day: day + AFTER_SALE_DAYS',
    caughtBy: { file: 'test/fulfilment/receipt.rules.test.ts', test: 'of what was received at' },
  },
  {
    name: 'a formed team stays open for good',
    file: 'src/teams/teams.service.ts',
    search: `const { team } = await lockSeat(db, orderId);
      await this.forming.closeIfOver(db, team);`,
    replace: 'await lockSeat(db, orderId);',
    caughtBy: { file: RECEIPT, test: 'is closed when the last of its orders is completed' },
  },
  {
    name: 'WeChat is not told that the rest was given back',
    file: UPLOADS,
    search: 'if (upload) await this.#renew(db, upload);',
    replace: '',
    caughtBy: { file: UPLOADED, test: 'that it is all when the rest was given back instead' },
  },
  {
    name: 'an upload that WeChat refuses for what it says is sent for ever',
    file: 'src/fulfilment/uploads/upload.rules.ts',
    search: "isRetryable || PASSING.has(code) ? 'LATER' : 'STUCK'",
    replace: "'LATER'",
    caughtBy: { file: UPLOADED, test: 'because of what it says waits for an operator' },
  },
  {
    name: 'an answer about an older shipping counts for the newest',
    file: DRIVER,
    search: "upload.status === 'PENDING' && upload.revision === revision",
    replace: "upload.status === 'PENDING'",
    caughtBy: { file: UPLOADED, test: 'that changes while WeChat is told of it is told again' },
  },
  {
    name: 'the whole number of the receiver is told to WeChat',
    file: 'src/fulfilment/uploads/upload.contents.ts',
    search: 'return [[id, maskedAddress(address).phone]];',
    replace: 'return [[id, address.phone]];',
    caughtBy: { file: UPLOADED, test: 'the receiver’s number with SF, masked' },
  },
];
