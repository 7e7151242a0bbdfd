/** The columns of a catalogue file by the names that the export gives them, each with the one that is read as well. */
export const IMPORT_COLUMNS = {
  supplier: '供应商',
  category: '分类',
  product: '商品名称',
  description: '商品描述',
  return_rule: '退货规则',
  options: '规格选项',
  sku_code: '货号',
  barcode: '条码',
  weight_grams: '重量克',
  price: '价格',
  quantity: '入库数量',
  low_stock: '库存预警',
  on_sale: '上架',
} as const;
export type ImportColumn = keyof typeof IMPORT_COLUMNS;

export const IMPORT_COLUMN_NAMES = Object.keys(IMPORT_COLUMNS) as ImportColumn[];
