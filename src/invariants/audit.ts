import { linkHashAfter } from '#audit';
import type { Invariant } from './invariant.js';

const GENESIS = "UNHEX(REPEAT('00', 32))";
const LINKED_WITHIN_SECONDS = 60;

export const AUDIT: readonly Invariant[] = [
  {
    number: 'INV-2',
    name: 'audit-is-insert-only',
    holds: {
      zh: '数据库拒绝修改或删除操作记录及其哈希链。',
      en: 'The database refuses to change or delete entries of the audit trail and links of its chain.',
    },
    sql: `SELECT expected.name FROM (
            SELECT 'audit_entry_no_update' AS name UNION SELECT 'audit_entry_no_delete'
            UNION SELECT 'audit_link_no_update' UNION SELECT 'audit_link_no_delete'
          ) AS expected
          LEFT JOIN information_schema.triggers ON trigger_schema = DATABASE() AND trigger_name = expected.name
          WHERE trigger_name IS NULL`,
  },
  {
    number: 'INV-2',
    name: 'audit-chain-is-whole',
    holds: {
      zh: '操作记录的哈希链没有缺口，每一环都是其记录与上一环的哈希。',
      en: 'The audit chain has no gap, and every link has the hash of its entry and of the link before.',
    },
    sql: `SELECT link.seq, link.entry_id FROM audit_link AS link
          LEFT JOIN audit_link AS previous ON previous.seq = link.seq - 1
          LEFT JOIN audit_entry AS entry ON entry.id = link.entry_id
          WHERE entry.id IS NULL OR (link.seq > 1 AND previous.seq IS NULL)
            OR link.hash <> ${linkHashAfter(`COALESCE(previous.hash, ${GENESIS})`)}`,
  },
  {
    number: 'INV-2',
    name: 'audit-entries-are-linked',
    holds: {
      zh: '有后台进程时，每条操作记录在一分钟内进入哈希链。',
      en: 'Every entry of the audit trail is linked within a minute, wherever a worker links them.',
    },
    // The task's row says when it last ran; while it runs, its lease lies in the future.
    sql: `SELECT entry.id, entry.recorded_at FROM audit_entry AS entry
          LEFT JOIN audit_link AS link ON link.entry_id = entry.id
          JOIN job ON job.unique_key = 'schedule:audit.link'
          WHERE link.seq IS NULL AND entry.recorded_at
            < LEAST(NOW(3), job.run_at - INTERVAL job.repeat_seconds SECOND) - INTERVAL ${LINKED_WITHIN_SECONDS} SECOND`,
  },
  {
    number: 'INV-35',
    name: 'operators-refunds-are-on-record',
    holds: {
      zh: '运营发起的每笔退款都有记录，金额一致。',
      en: 'Every refund that an operator gave is on record, with who gave it, why and how much.',
    },
    // A refund that took the place of one that the channel closed is nobody's decision.
    sql: `SELECT HEX(order_id) AS order_id, SUM(given) AS given, SUM(given_minor) AS given_minor, SUM(said) AS said, SUM(said_minor) AS said_minor
          FROM (
            SELECT order_id, 1 AS given, amount_minor AS given_minor, 0 AS said, 0 AS said_minor FROM refund
            WHERE reason = 'OPERATOR' AND predecessor_id IS NULL
            UNION ALL SELECT subject_id, 0, 0, 1, CAST(JSON_EXTRACT(facts_after, '$.amountMinor') AS SIGNED) FROM audit_entry
            WHERE kind = 'orders.orderRefunded'
          ) AS both_sides GROUP BY order_id HAVING given <> said OR given_minor <> said_minor`,
  },
  {
    number: 'INV-35',
    name: 'bulk-acts-have-two-operators',
    holds: {
      zh: '每项已执行或执行中的批量操作由一人提交、另一人批准，且都有记录。',
      en: 'Every bulk act that is done or being done was proposed by one operator and approved by another, both on record.',
    },
    sql: `SELECT HEX(bulk_act.id) AS bulk_act, status, proposals, approvals, actors FROM bulk_act
          LEFT JOIN (
            SELECT subject_id, SUM(kind = 'audit.bulkActProposed') AS proposals, SUM(kind = 'audit.bulkActApproved') AS approvals,
              COUNT(DISTINCT actor) AS actors
            FROM audit_entry WHERE subject_type = 'bulk' GROUP BY subject_id
          ) AS said ON said.subject_id = bulk_act.id
          WHERE COALESCE(proposals, 0) <> 1 OR COALESCE(approvals, 0) <> (status IN ('APPROVED', 'DONE'))
            OR (status IN ('APPROVED', 'DONE') AND actors <> 2) OR (status = 'DONE' AND items_tried <> items_total)`,
  },
];
