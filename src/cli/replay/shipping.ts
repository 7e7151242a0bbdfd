import { type Id, idFromBytes, idSuffix, newId, secondsAfter } from '#common';
import { ParcelsService, ReceiptsService } from '#fulfilment';
import { type Drain, settleAll, UNTIL_PAID } from './draining.js';

interface Row {
  readonly id: Buffer;
  readonly buyer_id: Buffer;
  readonly supplier_id: Buffer;
}

export interface Shipping extends Pick<Drain, 'office' | 'wechat' | 'from' | 'onProgress'> {
  /** How many parcels are handed over at once. */
  readonly atOnce: number;
}

const DAY_SECONDS = 86_400;
/** Longer than a buyer may take to receive; longer than the goods may be returned. */
const RECEIVED_DAYS = 11;
const COMPLETED_DAYS = 9;
/** Of so many buyers one says that the parcel has come; the clock does it for the others. */
const RECEIVES_ITSELF = 3;

const UNTIL_RECEIVED = {
  ...UNTIL_PAID,
  'orders SHIPPED': "SELECT COUNT(*) FROM orders WHERE status = 'SHIPPED'",
};
const UNTIL_COMPLETED = {
  ...UNTIL_RECEIVED,
  'orders RECEIVED': "SELECT COUNT(*) FROM orders WHERE status = 'RECEIVED'",
  // All of their orders are over by then, and a worker may hold the job that closes them.
  'teams FORMED': "SELECT COUNT(*) FROM team WHERE status = 'FORMED'",
};

/** Ships everything that was sold, each order in one parcel, and lets time pass until all of it is received and completed. */
export async function shipAll({ office, wechat, from, onProgress, atOnce }: Shipping): Promise<void> {
  const rows = await office.source.query<Row[]>(
    "SELECT id, buyer_id, supplier_id FROM orders WHERE status = 'TO_FULFIL' AND NOT (payable_minor > 0 AND refunding_minor = payable_minor) ORDER BY id",
  );
  const packer = newId('staff');
  const parcels = office.app.get(ParcelsService);
  const receipts = office.app.get(ReceiptsService);
  const send = async ({ id, buyer_id: buyerId, supplier_id: supplierId }: Row, index: number): Promise<void> => {
    const orderId: Id<'order'> = idFromBytes('order', id);
    const trackingNumber = idSuffix(orderId).toUpperCase();
    const by = { id: packer, supplierId: idFromBytes('supplier', supplierId) };
    await parcels.ship(by, { orderId, carrier: 'YTO', trackingNumber, idempotencyKey: idSuffix(orderId) });
    if (index % RECEIVES_ITSELF === 0) await receipts.receive(idFromBytes('user', buyerId), orderId);
  };
  const waiting = [...rows.entries()];
  const pack = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await send(next[1], next[0]);
      onProgress(new Map([['orders to be shipped', waiting.length]]));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, pack));

  const received = secondsAfter(from, RECEIVED_DAYS * DAY_SECONDS);
  await office.setClock(received, wechat);
  await settleAll({ office, wechat, onProgress }, UNTIL_RECEIVED);
  await office.setClock(secondsAfter(received, COMPLETED_DAYS * DAY_SECONDS), wechat);
  await settleAll({ office, wechat, onProgress }, UNTIL_COMPLETED);
}
