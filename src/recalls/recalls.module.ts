import { Module } from '@nestjs/common';
import { CatalogModule } from '#catalog';
import { OrdersModule } from '#orders';
import { PaymentsModule } from '#payments';
import { RecallWork } from './recall-work.js';
import { OrderRecallResolver, OrderRecallsResolver, RecallsResolver } from './recalls.resolver.js';
import { RecallsService } from './recalls.service.js';

/** Recalls of a batch of a SKU: whoever was sent some of it is found, told, and given the money back. */
@Module({
  imports: [CatalogModule, OrdersModule, PaymentsModule],
  providers: [RecallsService, RecallWork, RecallsResolver, OrderRecallsResolver, OrderRecallResolver],
})
export class RecallsModule {}
