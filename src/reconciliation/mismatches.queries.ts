import { idBytes } from '#common';
import type { BillDay } from './bill-day.entity.js';
import type { FindingKind, FindingSubject } from './finding.kinds.js';
import { spanOf } from './reconciliation.rules.js';

/** A difference as the database finds it. */
export interface Mismatch {
  readonly kind: FindingKind;
  readonly subject: FindingSubject;
  readonly about: string;
  readonly ourNumber: string | null;
  readonly channelNumber: string | null;
  readonly oursMinor: string | number | null;
  readonly theirsMinor: string | number | null;
  readonly ourState: string | null;
  readonly theirState: string | null;
  readonly isOurs: number;
}

/** A statement that finds the differences, and what stands for each `?` in it. */
export interface Question {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What a half of a fen is, and two fen, where fees are counted in millionths of a fen: a trade's fee is rounded once, those of its refunds by what is left. */
const HALF_FEN = 500_000;
const TWO_FEN = 2_000_000;

/** Captures of the day that no bill has. */
const MISSING_TRADES = `
  SELECT 'MISSING' AS kind, 'TRADE' AS subject, capture.transaction_id AS about, payment.out_trade_no AS ourNumber,
    capture.transaction_id AS channelNumber, capture.amount_minor AS oursMinor, NULL AS theirsMinor,
    'SUCCESS' AS ourState, NULL AS theirState, 1 AS isOurs
  FROM capture JOIN payment ON payment.id = capture.payment_id
  LEFT JOIN bill_line ON bill_line.channel_number = capture.transaction_id AND bill_line.kind = 'TRADE'
  WHERE capture.succeeded_at >= ? AND capture.succeeded_at < ? AND bill_line.seq IS NULL`;

/**
 * Refunds that we heard of on the day as paid, and that no bill has. A bill has a refund on the day on which the channel accepted it, which is between its
 * making and its end: so those of all these days must be here.
 */
const MISSING_REFUNDS = `
  SELECT 'MISSING', 'REFUND', refund.out_refund_no, refund.out_refund_no, refund.channel_refund_id, refund.amount_minor, NULL, refund.status, NULL, 1
  FROM refund
  LEFT JOIN bill_line ON bill_line.our_number = refund.out_refund_no AND bill_line.kind = 'REFUND'
  WHERE refund.succeeded_at >= ? AND refund.succeeded_at < ? AND refund.outside_reference IS NULL AND bill_line.seq IS NULL
    AND DATE(refund.created_at + INTERVAL 8 HOUR) >= (SELECT MIN(day) FROM bill_day WHERE type = 'TRADE')
    AND NOT EXISTS (SELECT 1 FROM bill_day WHERE type = 'TRADE' AND status = 'WAITING'
      AND day BETWEEN DATE(refund.created_at + INTERVAL 8 HOUR) AND DATE(refund.succeeded_at + INTERVAL 8 HOUR))`;

const TRADES = `
  SELECT CASE
      WHEN capture.id IS NULL THEN IF(line.state = 'SUCCESS', 'EXTRA', NULL)
      WHEN line.state <> 'SUCCESS' THEN 'STATE'
      WHEN line.amount_minor <> capture.amount_minor OR line.currency <> capture.currency THEN 'AMOUNT'
      WHEN ABS(line.fee_minor * 1000000 - line.amount_minor * line.fee_millionths) > ${HALF_FEN} THEN 'FEE'
    END AS kind, 'TRADE' AS subject, line.channel_number AS about, line.our_number AS ourNumber, line.channel_number AS channelNumber,
    IF(capture.id IS NULL, NULL, capture.amount_minor) AS oursMinor, line.amount_minor AS theirsMinor,
    IF(capture.id IS NULL, payment.status, 'SUCCESS') AS ourState, line.state AS theirState, payment.id IS NOT NULL AS isOurs
  FROM bill_line AS line
  LEFT JOIN capture ON capture.transaction_id = line.channel_number
  LEFT JOIN payment ON payment.out_trade_no = line.our_number
  WHERE line.bill_day_id = ? AND line.kind = 'TRADE'`;

/** PROCESSING and CHANGE are not the end, so they fit whatever we have heard since. */
const REFUNDS = `
  SELECT CASE
      WHEN refund.id IS NULL THEN 'EXTRA'
      WHEN line.amount_minor <> refund.amount_minor OR line.currency <> refund.currency THEN 'AMOUNT'
      WHEN line.state = 'SUCCESS' AND (refund.status <> 'SUCCEEDED' OR refund.outside_reference IS NOT NULL) THEN 'STATE'
      WHEN line.state = 'FAIL' AND refund.status <> 'CLOSED' AND refund.outside_reference IS NULL THEN 'STATE'
      WHEN line.state <> 'FAIL' AND ABS(-line.fee_minor * 1000000 - line.amount_minor * line.fee_millionths) > ${TWO_FEN} THEN 'FEE'
    END AS kind, 'REFUND' AS subject, line.our_number AS about, line.our_number AS ourNumber, line.channel_number AS channelNumber,
    refund.amount_minor AS oursMinor, line.amount_minor AS theirsMinor, refund.status AS ourState, line.state AS theirState, refund.id IS NOT NULL AS isOurs
  FROM bill_line AS line LEFT JOIN refund ON refund.out_refund_no = line.our_number
  WHERE line.bill_day_id = ? AND line.kind = 'REFUND'`;

/** How a trade bill differs from our captures and refunds. */
export function tradeMismatches({ id, day }: BillDay): Question {
  const { from, until } = spanOf(day);
  const differing = (lines: string): string => `SELECT * FROM (${lines}) AS compared WHERE compared.kind IS NOT NULL`;
  const parts = [MISSING_TRADES, MISSING_REFUNDS, differing(TRADES), differing(REFUNDS)];
  return { sql: parts.join(' UNION ALL '), parameters: [from, until, from, until, idBytes(id), idBytes(id)] };
}

/** What should have moved, by the trade bill of the same day. */
const EXPECTED = `
  SELECT IF(kind = 'TRADE', 'FLOW_TRADE', 'FLOW_REFUND') AS subject, channel_number, IF(kind = 'TRADE', amount_minor, -amount_minor) AS amount_minor, state
  FROM bill_line WHERE bill_day_id = ? AND state <> 'REVOKED'
  UNION ALL SELECT 'FLOW_FEE', channel_number, -fee_minor, state FROM bill_line WHERE bill_day_id = ? AND fee_minor <> 0`;

const MOVED = `
  SELECT kind AS subject, channel_number, SUM(amount_minor) AS amount_minor FROM bill_line
  WHERE bill_day_id = ? GROUP BY kind, channel_number`;

/** A refund that failed by the time of the bill came back, on the same day or on the next. */
const NOT_MOVED = `
  SELECT IF(moved.subject IS NULL, 'MISSING', IF(moved.subject = 'FLOW_FEE', 'FEE', 'AMOUNT')) AS kind, expected.subject AS subject,
    expected.channel_number AS about, NULL AS ourNumber, expected.channel_number AS channelNumber,
    expected.amount_minor AS oursMinor, moved.amount_minor AS theirsMinor, expected.state AS ourState, NULL AS theirState, 0 AS isOurs
  FROM (${EXPECTED}) AS expected
  LEFT JOIN (${MOVED}) AS moved ON moved.subject = expected.subject AND moved.channel_number = expected.channel_number
  WHERE (moved.subject IS NULL OR moved.amount_minor <> expected.amount_minor) AND NOT (expected.state = 'FAIL' AND moved.amount_minor <=> 0)`;

/** What was taken out to the bank needs no trade, and a refund that failed later comes back on a day of its own. */
const NOT_EXPECTED = `
  SELECT 'EXTRA', moved.subject, moved.channel_number, NULL, moved.channel_number, NULL, moved.amount_minor, NULL, NULL, 0
  FROM (${MOVED}) AS moved
  LEFT JOIN (${EXPECTED}) AS expected ON expected.subject = moved.subject AND expected.channel_number = moved.channel_number
  WHERE expected.subject IS NULL AND moved.subject <> 'FLOW_WITHDRAWAL'
    AND NOT (moved.subject = 'FLOW_REFUND' AND moved.amount_minor > 0 AND EXISTS (
      SELECT 1 FROM bill_line AS earlier WHERE earlier.channel_number = moved.channel_number AND earlier.kind = 'REFUND' AND earlier.amount_minor = moved.amount_minor))`;

/** The account begins a day with what it ended the last one with; unless a bill between them is not here. */
const BALANCE = `
  SELECT 'AMOUNT', 'BALANCE', CAST(today.day AS CHAR CHARACTER SET ascii), NULL, NULL, before_it.closing_minor, today.opening_minor, NULL, NULL, 0
  FROM bill_day AS today JOIN bill_day AS before_it ON before_it.type = today.type AND before_it.day = (
    SELECT MAX(day) FROM bill_day WHERE type = today.type AND day < today.day AND closing_minor IS NOT NULL)
  WHERE today.id = ? AND before_it.closing_minor <> today.opening_minor
    AND NOT EXISTS (SELECT 1 FROM bill_day AS gap WHERE gap.type = today.type AND gap.status = 'WAITING' AND gap.day > before_it.day AND gap.day < today.day)`;

/** How a fund flow bill differs from the trade bill of its day. What the trade bill's own findings tell already is not told twice. */
export function flowMismatches(flow: BillDay, trade: BillDay): Question {
  const [moved, expected] = [idBytes(flow.id), idBytes(trade.id)];
  const told = 'SELECT 1 FROM finding WHERE finding.bill_day_id = ? AND finding.channel_number = found.channelNumber';
  return {
    sql: `SELECT * FROM (${NOT_MOVED} UNION ALL ${NOT_EXPECTED}) AS found WHERE NOT EXISTS (${told}) UNION ALL ${BALANCE}`,
    parameters: [expected, expected, moved, moved, expected, expected, expected, moved],
  };
}
