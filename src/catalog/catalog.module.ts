import { Module } from '@nestjs/common';
import { ProductResolver, SkuResolver } from './catalog.resolver.js';
import { CatalogService } from './catalog.service.js';
import { SearchIndexService } from './search/search-index.service.js';
import { SearchResolver, SupplierCountResolver } from './search/search.resolver.js';
import { SearchService } from './search/search.service.js';
import { SearchWorker } from './search/search.worker.js';
import { StockService } from './stock.service.js';
import { SuppliersResolver } from './suppliers.resolver.js';
import { SuppliersService } from './suppliers.service.js';

/** What is sold, at which price, and how much of it is left. */
@Module({
  providers: [
    ...[CatalogService, StockService, SuppliersService, SearchService, SearchIndexService],
    ...[ProductResolver, SkuResolver, SuppliersResolver, SearchResolver, SupplierCountResolver],
    SearchWorker,
  ],
  exports: [CatalogService, StockService, SuppliersService, SearchService, SearchIndexService],
})
export class CatalogModule {}
