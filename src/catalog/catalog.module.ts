import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { MediaModule } from '#media';
import { SharingModule } from '#sharing';
import { CategoriesResolver } from './categories/categories.resolver.js';
import { CategoriesService } from './categories/categories.service.js';
import { FreightTemplateResolver, ProductFreightResolver } from './freight/freight.resolver.js';
import { FreightService } from './freight/freight.service.js';
import { SkuLimitsResolver } from './limits/sku-limits.resolver.js';
import { SkuLimitsService } from './limits/sku-limits.service.js';
import { IMPORTING, IMPORTING_DOORS } from './importing/importing.providers.js';
import { SkuPriceDecisionResolver, SkuPricesResolver } from './pricing/prices.resolver.js';
import { PricesService } from './pricing/prices.service.js';
import { CatalogService } from './products/catalog.service.js';
import { ProductShareCardResolver } from './products/product-share-card.resolver.js';
import { ProductShareTarget } from './products/product.share-target.js';
import { ProductsResolver } from './products/products.resolver.js';
import { ProductsService } from './products/products.service.js';
import { SkusResolver } from './products/skus.resolver.js';
import { SkusService } from './products/skus.service.js';
import { SalesResolver } from './sale/sales.resolver.js';
import { SalesService } from './sale/sales.service.js';
import { SalesWorker } from './sale/sales.worker.js';
import { SearchIndexService } from './search/search-index.service.js';
import { CategoryCountResolver, SearchResolver, SupplierCountResolver } from './search/search.resolver.js';
import { SearchService } from './search/search.service.js';
import { SearchWorker } from './search/search.worker.js';
import { AllotmentsService } from './stock/allotments.service.js';
import { SkuBatchesService } from './stock/sku-batches.service.js';
import { StockCountsService } from './stock/stock-counts.service.js';
import { StockMetrics } from './stock/stock.metrics.js';
import { StockResolver } from './stock/stock.resolver.js';
import { StockService } from './stock/stock.service.js';
import { StockWarningsResolver } from './stock/stock-warnings.resolver.js';
import { StockWarningsService } from './stock/stock-warnings.service.js';
import { StockWorker } from './stock/stock.worker.js';
import { SuppliersResolver } from './suppliers/suppliers.resolver.js';
import { SuppliersService } from './suppliers/suppliers.service.js';

/** What is sold, at which price, when, and how much of it is left. */
@Module({
  imports: [IdentityModule, MediaModule, SharingModule],
  controllers: IMPORTING_DOORS,
  providers: [
    ...[CategoriesService, SuppliersService, CatalogService, ProductsService, SkusService, PricesService, SalesService],
    ...[StockService, SkuBatchesService, StockCountsService, StockWarningsService, AllotmentsService, StockMetrics],
    ...[FreightService, SkuLimitsService, SearchService, SearchIndexService],
    ...[CategoriesResolver, SuppliersResolver, ProductsResolver, SkusResolver, SkuPricesResolver, SalesResolver],
    ...[SkuPriceDecisionResolver, StockResolver, StockWarningsResolver],
    ...[FreightTemplateResolver, ProductFreightResolver, SkuLimitsResolver],
    ...[ProductShareTarget, ProductShareCardResolver],
    ...[SearchResolver, CategoryCountResolver, SupplierCountResolver],
    ...[SalesWorker, StockWorker, SearchWorker],
    ...IMPORTING,
  ],
  exports: [
    CatalogService,
    FreightService,
    StockService,
    SkuBatchesService,
    SalesService,
    AllotmentsService,
    SuppliersService,
    SearchService,
    SearchIndexService,
  ],
})
export class CatalogModule {}
