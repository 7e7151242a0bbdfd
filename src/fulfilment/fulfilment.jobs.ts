import { defineFact, defineJob } from '#jobs';
import type { ParcelId } from './parcels/parcel.entity.js';
import type { ShippingUploadId } from './uploads/shipping-upload.entity.js';

/** A parcel was handed to its carrier. */
export const parcelShipped = defineFact<{ parcelId: ParcelId }>('fulfilment.parcelShipped');

/** Tells WeChat what has been shipped for a payment. */
export const uploadShipping = defineJob<{ uploadId: ShippingUploadId }>('fulfilment.uploadShipping');

/** Has WeChat remind the buyer to confirm the receipt of what was delivered. */
export const remindReceipt = defineJob<{ uploadId: ShippingUploadId }>('fulfilment.remindReceipt');

/** Scheduled: takes orders as received whose buyers have not said so in time. */
export const receiveOverdueOrders = defineJob<Record<string, never>>('fulfilment.receiveOverdue');

/** Scheduled: completes orders whose after-sale window is over. */
export const completeOverdueOrders = defineJob<Record<string, never>>('fulfilment.completeOverdue');
