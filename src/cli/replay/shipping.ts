import { type Id, idFromBytes, idSuffix, newId } from '#common';
import { ParcelsService, ReceiptsService } from '#fulfilment';
import { workOff } from './at-once.js';
import type { Drain } from './draining.js';

interface Row {
  readonly id: Buffer;
  readonly buyer_id: Buffer;
  readonly supplier_id: Buffer;
}

export interface Shipping extends Pick<Drain, 'office' | 'wechat' | 'from' | 'onProgress'> {
  /** How many parcels are handed over at once. */
  readonly atOnce: number;
}

/** Of so many buyers one says that the parcel has come; the clock does it for the others. */
const RECEIVES_ITSELF = 3;

/** Ships everything that was sold, each order in one parcel. */
export async function shipAll({ office, onProgress, atOnce }: Shipping): Promise<void> {
  const rows = await office.source.query<Row[]>(
    "SELECT id, buyer_id, supplier_id FROM orders WHERE status = 'TO_FULFIL' AND NOT (payable_minor > 0 AND refunding_minor = payable_minor) ORDER BY id",
  );
  const packer = newId('staff');
  const parcels = office.app.get(ParcelsService);
  const receipts = office.app.get(ReceiptsService);
  const told = {
    atOnce,
    onProgress: (left: number): void => {
      onProgress(new Map([['orders to be shipped', left]]));
    },
  };
  await workOff(rows, told, async ({ id, buyer_id: buyerId, supplier_id: supplierId }, index) => {
    const orderId: Id<'order'> = idFromBytes('order', id);
    const trackingNumber = idSuffix(orderId).toUpperCase();
    const by = { id: packer, supplierId: idFromBytes('supplier', supplierId) };
    await parcels.ship(by, { orderId, carrier: 'YTO', trackingNumber, idempotencyKey: idSuffix(orderId) });
    if (index % RECEIVES_ITSELF === 0) await receipts.receive(idFromBytes('user', buyerId), orderId);
  });
}
