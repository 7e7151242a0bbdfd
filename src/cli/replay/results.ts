import type { DataSource } from 'typeorm';

/** How many rows there are of a kind, such as a status. */
export interface Count {
  readonly kind: string;
  readonly count: number;
}

export interface ReasonSum extends Count {
  readonly amountMinor: number;
}

export interface AccountSum {
  /** The first part of the accounts' paths. */
  readonly kind: string;
  readonly debitMinor: number;
  readonly creditMinor: number;
}

/** What the shop's database says at the end. */
export interface Results {
  readonly teams: readonly Count[];
  readonly orders: readonly Count[];
  readonly seats: readonly Count[];
  readonly afterSales: readonly Count[];
  /** Those that are paid back, by their reason. */
  readonly refunds: readonly ReasonSum[];
  readonly accounts: readonly AccountSum[];
  /** What the shop could not do by itself. */
  readonly leftForPeople: readonly Count[];
  /** From the arrival of WeChat's notification to the seat being paid, for each that was paid while it was held. */
  readonly paidMilliseconds: readonly number[];
}

export async function readResults(source: DataSource): Promise<Results> {
  const byStatus = (table: string): Promise<Count[]> =>
    read(source, `SELECT status AS kind, COUNT(*) AS count FROM ${table} GROUP BY status ORDER BY count DESC`, countOf);
  return {
    teams: await byStatus('team'),
    orders: await byStatus('orders'),
    seats: await byStatus('seat'),
    afterSales: await byStatus('after_sale'),
    refunds: await read(source, REFUNDS, (row) => ({ ...countOf(row), amountMinor: Number(row['amountMinor']) })),
    accounts: await read(source, ACCOUNTS, ({ kind, debitMinor, creditMinor }) => ({
      kind: String(kind),
      debitMinor: Number(debitMinor),
      creditMinor: Number(creditMinor),
    })),
    leftForPeople: await read(source, LEFT_FOR_PEOPLE, countOf),
    paidMilliseconds: await read(source, PAID_MILLISECONDS, ({ milliseconds }) => Number(milliseconds)),
  };
}

const REFUNDS = `
  SELECT reason AS kind, COUNT(*) AS count, SUM(amount_minor) AS amountMinor
  FROM refund WHERE status = 'SUCCEEDED' GROUP BY reason ORDER BY amountMinor DESC`;

const ACCOUNTS = `
  SELECT kind, SUM(debit) AS debitMinor, SUM(credit) AS creditMinor FROM (
    SELECT SUBSTRING_INDEX(debit, ':', 1) AS kind, amount_minor AS debit, 0 AS credit FROM transfer
    UNION ALL SELECT SUBSTRING_INDEX(credit, ':', 1), 0, amount_minor FROM transfer
  ) AS sides GROUP BY kind ORDER BY kind`;

const LEFT_FOR_PEOPLE = `
  SELECT CONCAT('dead job ', name) AS kind, COUNT(*) AS count FROM job WHERE status = 'DEAD' GROUP BY name
  UNION ALL
  SELECT CONCAT('refund ', status), COUNT(*) FROM refund WHERE status IN ('ABNORMAL', 'MANUAL') GROUP BY status
  UNION ALL
  SELECT CONCAT('upload ', status), COUNT(*) FROM shipping_upload WHERE status = 'STUCK' GROUP BY status`;

/** A notification may have come more than once; the first one counts. */
const PAID_MILLISECONDS = `
  SELECT TIMESTAMPDIFF(MICROSECOND, heard.at, paid.moved_at) / 1000 AS milliseconds
  FROM (SELECT JSON_UNQUOTE(JSON_EXTRACT(resource, '$.outTradeNo')) AS number, MIN(received_at) AS at
        FROM channel_event WHERE event_type = 'TRANSACTION.SUCCESS' GROUP BY number) AS heard
  JOIN payment ON payment.out_trade_no = CAST(heard.number AS CHAR CHARACTER SET ascii) COLLATE ascii_bin
  JOIN orders ON orders.checkout_id = payment.checkout_id
  JOIN seat ON seat.order_id = orders.id
  JOIN status_move AS paid ON paid.subject_id = seat.id AND paid.from_status = 'HELD' AND paid.to_status = 'PAID'`;

/** Sums and counts arrive as text, because they may exceed what a number holds; ours do not. */
type Row = Readonly<Record<string, string | number>>;

async function read<Item>(source: DataSource, sql: string, itemOf: (row: Row) => Item): Promise<Item[]> {
  return (await source.query<Row[]>(sql)).map(itemOf);
}

function countOf({ kind, count }: Row): Count {
  return { kind: String(kind), count: Number(count) };
}
