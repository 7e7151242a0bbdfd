import { Module } from '@nestjs/common';
import { ProductResolver, SkuResolver } from './catalog.resolver.js';
import { CatalogService } from './catalog.service.js';
import { StockService } from './stock.service.js';

/** What is sold, at which price, and how much of it is left. */
@Module({
  providers: [CatalogService, StockService, ProductResolver, SkuResolver],
  exports: [CatalogService, StockService],
})
export class CatalogModule {}
