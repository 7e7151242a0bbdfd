import { Module } from '@nestjs/common';
import { ProductResolver, SkuResolver } from './catalog.resolver.js';
import { CatalogService } from './catalog.service.js';
import { StockService } from './stock.service.js';
import { SuppliersResolver } from './suppliers.resolver.js';
import { SuppliersService } from './suppliers.service.js';

/** What is sold, at which price, and how much of it is left. */
@Module({
  providers: [CatalogService, StockService, SuppliersService, ProductResolver, SkuResolver, SuppliersResolver],
  exports: [CatalogService, StockService, SuppliersService],
})
export class CatalogModule {}
