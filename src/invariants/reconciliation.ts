import { type Invariant, NOW } from './invariant.js';

/** Lines are kept for longer than this (`src/retention.ts`). */
const LINES_KEPT = `day > DATE(${NOW} - INTERVAL 365 DAY)`;

export const RECONCILIATION: readonly Invariant[] = [
  {
    number: 'INV-107',
    name: 'closed-bills-have-no-open-findings',
    holds: {
      zh: '已对平的账单没有未处理的差异，未对平的账单至少有一条。',
      en: 'A closed bill has no open finding, and an open one has some.',
    },
    sql: `SELECT HEX(bill_day.id) AS bill, bill_day.status, COUNT(finding.id) AS open FROM bill_day
          LEFT JOIN finding ON finding.bill_day_id = bill_day.id AND finding.status = 'OPEN'
          WHERE bill_day.status IN ('OPEN', 'CLOSED') GROUP BY bill_day.id, bill_day.status
          HAVING (bill_day.status = 'OPEN') <> (open > 0)`,
  },
  {
    number: 'INV-108',
    name: 'resolved-findings-are-on-record',
    holds: {
      zh: '每条人工处理的差异都有操作记录。',
      en: 'Each finding that a person has resolved is on record, with the same person and reason.',
    },
    sql: `SELECT HEX(finding.id) AS finding FROM finding
          LEFT JOIN audit_entry ON subject_type = 'finding' AND subject_id = finding.id
            AND audit_entry.kind = 'reconciliation.findingResolved' AND audit_entry.reason = finding.reason
          WHERE finding.status = 'RESOLVED' AND audit_entry.id IS NULL`,
  },
  {
    number: 'INV-109',
    name: 'refunds-are-paid-where-they-say',
    holds: {
      zh: '通过银行转账的退款从银行账户记账，其余从渠道账户记账。',
      en: 'What was refunded by a bank transfer left the bank’s account, all else the channel’s.',
    },
    sql: `SELECT HEX(refund.id) AS refund, transfer.credit FROM refund
          JOIN transfer ON source_type = 'refund' AND source_id = refund.id AND kind = 'REFUND'
          WHERE transfer.credit <> IF(outside_reference IS NULL, 'channel:wechat', 'bank:payouts')`,
  },
  {
    number: 'INV-110',
    name: 'fees-of-closed-bills-are-posted',
    holds: {
      zh: '每张已对平的交易账单，其手续费恰好记账一次；其他账单没有手续费分录。',
      en: 'The fees of each closed trade bill are in the ledger, once and in full, and those of no other bill.',
    },
    sql: `SELECT HEX(bill_day.id) AS bill, bill_day.status, fee_minor,
            COALESCE(IF(transfer.debit = 'platform:fees', transfer.amount_minor, -transfer.amount_minor), 0) AS posted
          FROM bill_day LEFT JOIN transfer ON source_type = 'bill_day' AND source_id = bill_day.id AND kind = 'FEE'
          HAVING posted <> IF(bill_day.status = 'CLOSED', fee_minor, 0)
          UNION ALL SELECT HEX(source_id), code, 0, amount_minor FROM transfer
          LEFT JOIN bill_day ON bill_day.id = source_id WHERE code IN ('FEE', 'WITHDRAWAL') AND bill_day.id IS NULL`,
  },
  {
    number: 'INV-111',
    name: 'bills-sum-their-lines',
    holds: {
      zh: '每张已获取账单的笔数和金额等于其明细之和。',
      en: 'The count and the sums of a bill that is here are those of its lines.',
    },
    sql: `SELECT HEX(bill_day.id) AS bill, lines_total, in_minor, out_minor, bill_day.fee_minor, line_count, came, gone, fees
          FROM bill_day LEFT JOIN (
            SELECT bill_day_id, COUNT(*) AS line_count,
              SUM(IF(kind = 'REFUND' OR state <=> 'REVOKED', 0, GREATEST(amount_minor, 0))) AS came,
              SUM(IF(kind = 'REFUND', IF(state = 'FAIL', 0, amount_minor), GREATEST(-amount_minor, 0))) AS gone,
              SUM(fee_minor) AS fees
            FROM bill_line GROUP BY bill_day_id
          ) AS sums ON sums.bill_day_id = bill_day.id
          WHERE bill_day.status <> 'WAITING' AND ${LINES_KEPT}
            AND (lines_total <> COALESCE(line_count, 0) OR in_minor <> COALESCE(came, 0)
              OR out_minor <> COALESCE(gone, 0) OR bill_day.fee_minor <> COALESCE(fees, 0))`,
  },
  {
    number: 'INV-112',
    name: 'withdrawals-of-closed-bills-are-posted',
    holds: {
      zh: '每张已对平的资金账单，其提现恰好记账一次。',
      en: 'What a closed fund flow bill says was taken out to the bank is in the ledger, once and in full.',
    },
    sql: `SELECT HEX(bill_day.id) AS bill, COALESCE(withdrawn, 0) AS withdrawn,
            COALESCE(IF(transfer.debit = 'bank:payouts', transfer.amount_minor, -transfer.amount_minor), 0) AS posted
          FROM bill_day
          LEFT JOIN (SELECT bill_day_id, -SUM(amount_minor) AS withdrawn FROM bill_line WHERE kind = 'FLOW_WITHDRAWAL' GROUP BY bill_day_id) AS sums
            ON sums.bill_day_id = bill_day.id
          LEFT JOIN transfer ON source_type = 'bill_day' AND source_id = bill_day.id AND transfer.kind = 'WITHDRAWAL'
          WHERE bill_day.status = 'CLOSED' AND ${LINES_KEPT} HAVING posted <> withdrawn`,
  },
];
