export { completeOverdueOrders, receiveOverdueOrders } from './fulfilment.jobs.js';
export { FulfilmentModule } from './fulfilment.module.js';
export { Parcel, PARCEL_SEALS, type ParcelId, ParcelLine } from './parcels/parcel.entity.js';
export { ParcelsService } from './parcels/parcels.service.js';
export { ReceiptsService } from './receipt/receipts.service.js';
export { ShippingUpload, type ShippingUploadId } from './uploads/shipping-upload.entity.js';
export { uploadLife } from './uploads/upload.rules.js';
