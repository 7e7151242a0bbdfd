import { defineAct } from '#common';

/** The carrier or the number of a parcel was put right. */
export const parcelCorrected = defineAct('fulfilment.parcelCorrected', 'parcel');

/** What WeChat did not take of a payment's shipping was sent again. */
export const shippingUploadRetried = defineAct('fulfilment.shippingUploadRetried', 'upload');
