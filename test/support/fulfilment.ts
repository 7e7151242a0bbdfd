import { randomUUID } from 'node:crypto';
import { idBytes, newId } from '#common';
import { ParcelsService, ReceiptsService } from '#fulfilment';
import type { UserId } from '#identity';
import { Order } from '#orders';
import type { Shop } from './shop.js';

/** Longer than a parcel may take and the goods may be returned, together. */
const OVER_DAYS = 30;

/** Ships all that somebody has bought, has them receive it, and lets the window for returns pass. */
export async function complete(shop: Shop, buyerId: UserId): Promise<void> {
  const by = { id: newId('staff'), supplierId: null };
  for (const { id: orderId } of await shop.source.manager.findBy(Order, { buyerId, status: 'TO_FULFIL' })) {
    const idempotencyKey = randomUUID();
    const trackingNumber = idempotencyKey.toUpperCase();
    await shop.get(ParcelsService).ship(by, { orderId, carrier: 'YTO', trackingNumber, idempotencyKey });
  }
  for (const { id } of await shop.source.manager.findBy(Order, { buyerId, status: 'SHIPPED' }))
    await shop.get(ReceiptsService).receive(buyerId, id);
  // All of it is as long ago as if the days had passed.
  const earlier = ['to_fulfil_at', 'receive_by', 'received_at', 'completes_at'].map(
    (column) => `${column} = ${column} - INTERVAL ${OVER_DAYS} DAY`,
  );
  await shop.rows(`UPDATE orders SET ${earlier.join(', ')} WHERE buyer_id = ? AND status = 'RECEIVED'`, [
    idBytes(buyerId),
  ]);
  await shop.get(ReceiptsService).completeOverdue();
}
