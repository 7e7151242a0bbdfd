import type { BillFault } from './fault.kinds.js';
import { type BillRow, type BillTable, fen, yuan } from './bill.tables.js';

const AMOUNTS = ['应结订单金额', '订单金额', '退款金额', '申请退款金额', '收支金额(元)'];

/** The bill with something wrong in its first row, or a row more or less; the summary fits what is in it. */
export function spoilt(table: BillTable, fault: BillFault | undefined): BillTable {
  const [first, ...others] = table.rows;
  if (!first || fault === undefined) return table;
  if (fault === 'row_missing') return { ...table, rows: others };
  if (fault === 'row_extra') return { ...table, rows: [first, stranger(first), ...others] };
  const change = CHANGES[fault];
  return change ? { ...table, rows: [{ ...first, ...change(first) }, ...others] } : table;
}

const CHANGES: Partial<Record<BillFault, (row: BillRow) => BillRow>> = {
  // A column that is zero is not what the row is about.
  amount_changed: (row) =>
    Object.fromEntries(
      AMOUNTS.filter((column) => fen(row[column] ?? '0') !== 0).map((column) => [
        column,
        yuan(fen(row[column] ?? '0') + 1),
      ]),
    ),
  state_changed: (row): BillRow => (row['交易状态'] === 'REFUND' ? { 退款状态: 'FAIL' } : { 交易状态: 'REVOKED' }),
  fee_changed: (row) => ({ 手续费: yuan(fen(row['手续费'] ?? '0') + 100, 5) }),
};

/** A row like the one given, of which nobody has ever heard. */
function stranger(row: BillRow): BillRow {
  return row['资金流水单号'] === undefined
    ? { ...row, 微信订单号: '4200999999999999999999999999', 商户订单号: 'nobodys_order', ...refundOf(row) }
    : { ...row, 微信支付业务单号: '9999999999', 资金流水单号: '9999999999000000', 业务类型: '其他', 业务名称: '其他' };
}

function refundOf(row: BillRow): BillRow {
  return row['交易状态'] === 'REFUND'
    ? { 微信退款单号: '50309999999999999999999999999', 商户退款单号: 'nobodys_refund' }
    : {};
}
