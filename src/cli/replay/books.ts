import type { DataSource } from 'typeorm';
import type { WechatApp } from './wechat-app.js';

/** What was taken and given back, in number and in fen. */
export interface Books {
  readonly captures: number;
  readonly capturedMinor: number;
  readonly refunds: number;
  readonly refundedMinor: number;
}

/** The same money as WeChat counts it, as our payments have it, and as our ledger booked it. */
export interface ThreeBooks {
  readonly wechat: Books;
  readonly payments: Books;
  readonly ledger: Books;
}

type Row = Readonly<Record<keyof Books, string | number>>;

export async function readBooks(source: DataSource, wechat: WechatApp): Promise<ThreeBooks> {
  const theirs = await wechat.books();
  return {
    wechat: {
      captures: theirs.captures,
      capturedMinor: theirs.captured_minor,
      refunds: theirs.refunds,
      refundedMinor: theirs.refunded_minor,
    },
    payments: await sums(
      source,
      `SELECT (SELECT COUNT(*) FROM capture) AS captures,
              (SELECT COALESCE(SUM(amount_minor), 0) FROM capture) AS capturedMinor,
              (SELECT COUNT(*) FROM refund WHERE status = 'SUCCEEDED') AS refunds,
              (SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE status = 'SUCCEEDED') AS refundedMinor`,
    ),
    ledger: await sums(
      source,
      `SELECT COUNT(IF(code = 'CAPTURE', 1, NULL)) AS captures, COALESCE(SUM(IF(code = 'CAPTURE', amount_minor, 0)), 0) AS capturedMinor,
              COUNT(IF(code = 'REFUND', 1, NULL)) AS refunds, COALESCE(SUM(IF(code = 'REFUND', amount_minor, 0)), 0) AS refundedMinor
       FROM transfer`,
    ),
  };
}

export function areEqual({ wechat, payments, ledger }: ThreeBooks): boolean {
  const columns = Object.keys(wechat) as (keyof Books)[];
  return columns.every((column) => wechat[column] === payments[column] && wechat[column] === ledger[column]);
}

async function sums(source: DataSource, sql: string): Promise<Books> {
  const [row] = await source.query<Row[]>(sql);
  if (!row) throw new Error('sums always have a row');
  return {
    captures: Number(row.captures),
    capturedMinor: Number(row.capturedMinor),
    refunds: Number(row.refunds),
    refundedMinor: Number(row.refundedMinor),
  };
}
