import { basename } from 'node:path';
import { type Findings, report as invariantsReport } from '#invariants';
import { areEqual, type Books, type ThreeBooks } from './books.js';
import type { Driven } from './driving.js';
import type { ReplayOptions } from './options.js';
import type { OrderHistory } from './order-history.js';
import type { Reconciled } from './reconciling.js';
import type { Count, Results } from './results.js';
import type { Returns } from './returns.js';
import { SKIP_REASONS } from './sale.js';
import { percentile, type Stopwatch } from './statistics.js';

export interface Replayed {
  readonly options: ReplayOptions;
  readonly history: OrderHistory;
  readonly returns: Returns;
  readonly products: number;
  readonly driven: Driven;
  readonly results: Results;
  readonly books: ThreeBooks;
  readonly reconciled: Reconciled;
  readonly findings: Findings;
  readonly stopwatch: Stopwatch;
  readonly driveSeconds: number;
  readonly wallSeconds: number;
}

type Cell = string | number;

/** Everything there is to say about a replay, for people; the last line is the invariants' own, which tools read. */
export function reportOf(replayed: Replayed): string {
  const { file, seed, clients, size, ttlSeconds } = replayed.options;
  const title = `Replay of ${basename(file)}: seed ${seed}, ${clients} clients, teams of ${size}, ${ttlSeconds / 3_600} h to fill`;
  return [
    title,
    lines(replayed),
    trade(replayed),
    afterSale(replayed),
    table('What buyers did', [...replayed.driven.outcomes.deeds.counts]),
    table('Refusals', orNone([...replayed.driven.outcomes.refusals.counts])),
    table('Errors', orNone([...replayed.driven.outcomes.errors.counts])),
    table('Left for people', orNone(replayed.results.leftForPeople.map(({ kind, count }) => [kind, count]))),
    money(replayed),
    ledger(replayed),
    books(replayed),
    bills(replayed),
    latencies(replayed),
    speed(replayed),
    invariantsReport(replayed.findings),
  ].join('\n\n');
}

function lines({ history }: Replayed): string {
  return table('Lines', [
    ['read', history.linesRead],
    ['replayed', history.sales.length + history.returns.length],
    ['  sold', history.sales.length],
    ['  sent back', history.returns.length],
    ...SKIP_REASONS.map((reason): Cell[] => [`skipped: ${reason}`, history.skipped.get(reason) ?? 0]),
  ]);
}

function trade({ history, products, results: { orders, teams, seats } }: Replayed): string {
  const each = (counts: readonly Count[]): Cell[][] => counts.map(({ kind, count }) => [`  ${kind}`, count]);
  const all = (counts: readonly Count[]): number => counts.reduce((sum, { count }) => sum + count, 0);
  return table('Trade', [
    ['products', products],
    ['buyers', new Set(history.sales.map(({ customer }) => customer)).size],
    ['orders', all(orders)],
    ...each(orders),
    ['teams opened', all(teams)],
    ...each(teams),
    ['seats', all(seats)],
    ...each(seats),
  ]);
}

function afterSale({ returns: { returned, unitsOfNoSale }, results: { afterSales } }: Replayed): string {
  return table('After-sale', [
    ['sales of which something came back', returned.length],
    ['units that came back of older sales', unitsOfNoSale],
    ...orNone(afterSales.map(({ kind, count }): Cell[] => [`cases ${kind}`, count])),
  ]);
}

function money({ results, books: { payments } }: Replayed): string {
  return table('Money in yuan', [
    ['gross captured', yuan(payments.capturedMinor), `(${payments.captures})`],
    ...results.refunds.map(({ kind, count, amountMinor }) => [`refunded: ${kind}`, yuan(amountMinor), `(${count})`]),
    ['net', yuan(payments.capturedMinor - payments.refundedMinor)],
  ]);
}

function ledger({ results: { accounts } }: Replayed): string {
  return table('Ledger in yuan', [
    ['accounts', 'debit', 'credit', 'balance'],
    ...accounts.map(({ kind, debitMinor, creditMinor }) => [
      kind,
      ...[debitMinor, creditMinor, creditMinor - debitMinor].map(yuan),
    ]),
  ]);
}

function books({ books: { wechat, payments, ledger: booked } }: Replayed): string {
  const row = (name: string, { captures, capturedMinor, refunds, refundedMinor }: Books): Cell[] => {
    return [name, captures, capturedMinor, refunds, refundedMinor];
  };
  const verdict = areEqual({ wechat, payments, ledger: booked }) ? 'equal' : 'DIFFERENT';
  return table(`Books: ${verdict}`, [
    ['', 'captures', 'fen', 'refunds', 'fen'],
    row("WeChat's", wechat),
    row('our payments', payments),
    row('our ledger', booked),
  ]);
}

function bills({ reconciled }: Replayed): string {
  return table('WeChat’s bills', [
    ['bills', reconciled.bills],
    ['  closed', reconciled.closed],
    ['rows', reconciled.rows],
    ['fees in yuan', yuan(reconciled.feesMinor)],
    ['findings', reconciled.open],
    ['findings that went by themselves', reconciled.dissolved],
    ['left at WeChat in yuan', yuan(reconciled.leftMinor)],
    ['left by our ledger in yuan', yuan(reconciled.bookedMinor)],
  ]);
}

function latencies({ stopwatch, results }: Replayed): string {
  const row = (step: string, values: readonly number[]): Cell[] => {
    return [step, values.length, ...[0.5, 0.99, 1].map((share) => percentile(values, share)?.toFixed(1) ?? '-')];
  };
  return table('Milliseconds', [
    ['', 'times', 'p50', 'p99', 'max'],
    ...[...stopwatch.steps].map(([step, values]) => row(step, values)),
    row('notified to seat paid', results.paidMilliseconds),
  ]);
}

function speed({ history, driveSeconds, wallSeconds }: Replayed): string {
  return table('Speed', [
    ['lines/s while driving', (history.sales.length / driveSeconds).toFixed(1)],
    ['driving, seconds', driveSeconds.toFixed(1)],
    ['in all, seconds', wallSeconds.toFixed(1)],
  ]);
}

function orNone(rows: readonly Cell[][]): readonly Cell[][] {
  return rows.length > 0 ? rows : [['none']];
}

function yuan(minor: number): string {
  return (minor / 100).toFixed(2);
}

/** A title and rows in columns: names to the left, figures to the right. */
function table(title: string, rows: readonly (readonly Cell[])[]): string {
  const columns = Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, column) => column);
  const widths = columns.map((column) => Math.max(...rows.map((row) => String(row[column] ?? '').length)));
  const text = rows.map((row) =>
    row.map((cell, column) => String(cell)[column === 0 ? 'padEnd' : 'padStart'](widths[column] ?? 0)).join('  '),
  );
  return [title, ...text.map((line) => `  ${line}`)].join('\n');
}
