import type { DataSource, EntityManager } from 'typeorm';
import { idBytes } from '#common';
import { deleteOld } from '#jobs';
import type { BillRow } from '#wechat';
import type { BillDayId } from './bill-day.entity.js';

/** What the rows of a bill sum to. */
export interface BillSums {
  readonly linesTotal: number;
  readonly inMinor: number;
  readonly outMinor: number;
  readonly feeMinor: number;
  readonly openingMinor: number | null;
  readonly closingMinor: number | null;
}

type Row = Readonly<Record<keyof BillSums, string | number | null>>;

/** Keeps rows of a bill, numbered on from `after`. */
export async function keepLines(
  db: EntityManager,
  id: BillDayId,
  after: number,
  rows: readonly BillRow[],
): Promise<void> {
  const values = rows.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ');
  await db.query(
    `INSERT INTO bill_line (bill_day_id, seq, kind, happened_at, channel_number, our_number, state, amount_minor, currency, fee_minor, fee_millionths, balance_minor)
     VALUES ${values}`,
    rows.flatMap((row, index) => [
      ...[idBytes(id), after + index + 1, row.kind, row.at, row.channelNumber, row.ourNumber, row.state],
      ...[row.amountMinor, row.currency, row.feeMinor, row.feeMillionths, row.balanceMinor],
    ]),
  );
}

/** Forgets what a fetch that failed has left, or what is fetched anew. */
export function dropLines(source: DataSource, id: BillDayId): Promise<void> {
  return deleteOld(source, 'bill_line WHERE bill_day_id = ?', [idBytes(id)]);
}

/** A refund that failed, and a payment that was revoked, moved nothing in the end. */
export async function sumsOf(db: EntityManager, id: BillDayId): Promise<BillSums> {
  const [row] = await db.query<Row[]>(
    `SELECT COUNT(*) AS linesTotal,
       COALESCE(SUM(IF(kind = 'REFUND' OR state <=> 'REVOKED', 0, GREATEST(amount_minor, 0))), 0) AS inMinor,
       COALESCE(SUM(IF(kind = 'REFUND', IF(state = 'FAIL', 0, amount_minor), GREATEST(-amount_minor, 0))), 0) AS outMinor,
       COALESCE(SUM(fee_minor), 0) AS feeMinor,
       (SELECT balance_minor - amount_minor FROM bill_line WHERE bill_day_id = ? ORDER BY seq LIMIT 1) AS openingMinor,
       (SELECT balance_minor FROM bill_line WHERE bill_day_id = ? ORDER BY seq DESC LIMIT 1) AS closingMinor
     FROM bill_line WHERE bill_day_id = ?`,
    [idBytes(id), idBytes(id), idBytes(id)],
  );
  const number = (name: keyof BillSums): number => Number(row?.[name] ?? 0);
  const maybe = (name: keyof BillSums): number | null => {
    const value = row?.[name] ?? null;
    return value === null ? null : Number(value);
  };
  return {
    linesTotal: number('linesTotal'),
    inMinor: number('inMinor'),
    outMinor: number('outMinor'),
    feeMinor: number('feeMinor'),
    openingMinor: maybe('openingMinor'),
    closingMinor: maybe('closingMinor'),
  };
}
