export { CatalogModule } from './catalog.module.js';
export { Category, type CategoryId } from './categories/category.entity.js';
export {
  chargeFor,
  feeOf,
  type FreightCharge,
  type FreightRule,
  type FreightTerms,
  isFree,
  stepsOf,
} from './freight/freight.rules.js';
export { FreightService } from './freight/freight.service.js';
export { FreightTemplate, type FreightTemplateId } from './freight/freight-template.entity.js';
export { type Region, regionOf, REGIONS } from './freight/region.rules.js';
export { SkuLimitsService } from './limits/sku-limits.service.js';
export { ApplyingService } from './importing/applying.service.js';
export { CatalogImport, type CatalogImportId } from './importing/catalog-import.entity.js';
export { CheckingService } from './importing/checking.service.js';
export { ExportingService } from './importing/exporting.service.js';
export { takeCatalogueFiles } from './importing/import-route.js';
export { type ImportMistake, textsOf as textsOfMistake } from './importing/import-mistake.js';
export { endImports } from './importing/import.jobs.js';
export { ENDED_LINES_KEPT_DAYS } from './importing/import.limits.js';
export { catalogImportLife } from './importing/import.rules.js';
export { ImportsService } from './importing/imports.service.js';
export { StagingService } from './importing/staging.service.js';
export { SkuPrice } from './pricing/sku-price.entity.js';
export { type Article, CatalogService, type NewProduct } from './products/catalog.service.js';
export { Product, type ProductId } from './products/product.entity.js';
export { ReturnRule } from './products/return-rule.js';
export { needsConfirmation, ruleOfPurchase } from './products/return.rules.js';
export { ProductImage } from './products/product-image.entity.js';
export { productById, skuById } from './products/product.loaders.js';
export { NotOnSale } from './products/product.refusals.js';
export { Sku, type SkuId } from './products/sku.entity.js';
export { SalesService } from './sale/sales.service.js';
export { turnSales } from './sale/sale.jobs.js';
export { productLife, saleStatusAt } from './sale/sale.rules.js';
export type { ProductOrder } from './search/search.inputs.js';
export { SearchIndexService } from './search/search-index.service.js';
export { SearchService } from './search/search.service.js';
export { indexProducts } from './search/search.worker.js';
export { SkuBatch, type SkuBatchId } from './stock/sku-batch.entity.js';
export { BatchNumberField } from './stock/sku-batch.inputs.js';
export { BatchUnknown } from './stock/sku-batch.refusals.js';
export { SkuBatchesService } from './stock/sku-batches.service.js';
export { AllotmentsService } from './stock/allotments.service.js';
export { Allotment, type AllotmentId, Stock } from './stock/stock.entity.js';
export { watchStock } from './stock/stock.jobs.js';
export { allotmentById, stockOfSku } from './stock/stock.loaders.js';
export { SoldOut } from './stock/stock.refusals.js';
export type { StockLine } from './stock/stock.rules.js';
export { StockService } from './stock/stock.service.js';
export { StockWarning } from './stock/stock-warning.entity.js';
export { Supplier, type SupplierId } from './suppliers/supplier.entity.js';
export { SuppliersService } from './suppliers/suppliers.service.js';
export { supplierById } from './suppliers/supplier.loaders.js';
