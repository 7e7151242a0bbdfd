import { Module } from '@nestjs/common';
import { CatalogModule } from '#catalog';
import { IdentityModule } from '#identity';
import { OrdersModule } from '#orders';
import { PaymentsModule } from '#payments';
import { WechatModule } from '#wechat';
import { FulfilmentMetrics } from './fulfilment.metrics.js';
import { FulfilmentPersonalData } from './fulfilment.personal-data.js';
import { FulfilmentWorker } from './fulfilment.worker.js';
import { OrdersToShipService } from './parcels/orders-to-ship.service.js';
import {
  OrderParcelsResolver,
  OrdersToShipResolver,
  ParcelLineResolver,
  ParcelResolver,
} from './parcels/parcels.resolver.js';
import { RestOfOrders } from './parcels/rest-of-orders.js';
import { ParcelsService } from './parcels/parcels.service.js';
import { ReceiptsResolver } from './receipt/receipts.resolver.js';
import { ReceiptsService } from './receipt/receipts.service.js';
import { ShippingUploadsResolver } from './uploads/shipping-uploads.resolver.js';
import { ShippingUploadsService } from './uploads/shipping-uploads.service.js';
import { UploadContents } from './uploads/upload.contents.js';
import { UploadDriver } from './uploads/upload.driver.js';

/** How orders get to their buyers: parcels, their receipt, and what WeChat is told of both. */
@Module({
  imports: [IdentityModule, CatalogModule, OrdersModule, PaymentsModule, WechatModule],
  providers: [
    ParcelsService,
    RestOfOrders,
    OrdersToShipService,
    OrdersToShipResolver,
    OrderParcelsResolver,
    ParcelResolver,
    ParcelLineResolver,
    ReceiptsService,
    ReceiptsResolver,
    ShippingUploadsService,
    ShippingUploadsResolver,
    UploadContents,
    UploadDriver,
    FulfilmentMetrics,
    FulfilmentPersonalData,
    FulfilmentWorker,
  ],
  exports: [ParcelsService, ReceiptsService],
})
export class FulfilmentModule {}
