import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { askedDay } from './bill.days.js';
import { BillEntries } from './bill.entries.js';
import { spoilt } from './bill.faults.js';
import { BillFlows } from './bill.flows.js';
import { type BillRow, type BillTable, flowTable, tradeTable } from './bill.tables.js';
import type { Books } from './books.js';
import { type BusinessClock, SECOND_MS } from './clock.js';
import { payErrors } from './errors.js';
import type { BillFault } from './fault.kinds.js';
import type { Settings } from './options.js';
import type { Withdrawals } from './withdrawals.js';

const URL_LIFE_MS = 300 * SECOND_MS;
const BOM = '\u{feff}';

export const BILL_TYPES = ['ALL', 'SUCCESS', 'REFUND'] as const;
export type BillType = (typeof BILL_TYPES)[number];

/** A bill that somebody may download for five minutes. */
export interface BillFile {
  readonly token: string;
  /** SHA-1 of the file before it is packed, in lower-case digits. */
  readonly hash: string;
}

interface Waiting {
  readonly bytes: Buffer;
  readonly untilMs: number;
}

/** What the channel says each morning of the day before (`wechat.md` 2.8). */
export class Bills {
  readonly #entries: BillEntries;
  readonly #flows: BillFlows;
  readonly #waiting = new Map<string, Waiting>();

  constructor(
    private readonly settings: Settings,
    private readonly books: Books,
    private readonly clock: BusinessClock,
    withdrawals: Withdrawals,
  ) {
    this.#entries = new BillEntries(books, settings.feeBps);
    this.#flows = new BillFlows(this.#entries, books, withdrawals);
  }

  /** @throws PayError PARAM_ERROR, STATEMENT_CREATING or NO_STATEMENT_EXIST */
  trades(dayName: string, type: BillType, isPacked: boolean, fault: BillFault | undefined): BillFile {
    const day = askedDay(dayName, this.clock.nowMs());
    const entries = this.#entries
      .of(day)
      .filter(({ refund }) => type === 'ALL' || (refund === undefined) === (type === 'SUCCESS'));
    return this.#offer(tradeTable(this.settings, entries, this.#describe), isPacked, fault);
  }

  /** @throws as `trades` */
  flows(dayName: string, isPacked: boolean, fault: BillFault | undefined): BillFile {
    const day = askedDay(dayName, this.clock.nowMs());
    return this.#offer(flowTable(this.#flows.of(day), this.#flows.openingOf(day)), isPacked, fault);
  }

  /** The file behind a token; nothing once its five minutes of machine time are over. */
  file(token: string): Buffer | undefined {
    const nowMs = Date.now();
    for (const [old, { untilMs }] of this.#waiting) if (untilMs <= nowMs) this.#waiting.delete(old);
    return this.#waiting.get(token)?.bytes;
  }

  #offer(table: BillTable, isPacked: boolean, fault: BillFault | undefined): BillFile {
    if (fault === 'bill_late') throw payErrors.statementCreating();
    if (table.rows.length === 0) throw payErrors.noStatement();
    const text = Buffer.from(written(spoilt(table, fault)));
    const packed = isPacked ? gzipSync(text) : text;
    const bytes = fault === 'truncated' ? packed.subarray(0, Math.floor(packed.length / 2)) : packed;
    const token = randomBytes(16).toString('hex');
    this.#waiting.set(token, { bytes, untilMs: Date.now() + URL_LIFE_MS });
    const hashed = fault === 'wrong_hash' ? Buffer.concat([text, text]) : text;
    return { token, hash: createHash('sha1').update(hashed).digest('hex') };
  }

  readonly #describe = (outTradeNo: string): string => {
    const description = this.books.trades.get(outTradeNo)?.request['description'];
    return typeof description === 'string' ? description : '';
  };
}

function written({ columns, rows, summary }: BillTable): string {
  const lines = [
    columns.join(','),
    ...rows.map((row) => marked(columns.map((column) => row[column] ?? ''))),
    ...summaryLines(summary(rows)),
  ];
  return `${BOM}${lines.join('\r\n')}\r\n`;
}

function summaryLines(summary: ReturnType<BillTable['summary']>): string[] {
  return [summary.map(([column]) => column).join(','), marked(summary.map(([, value]) => value))];
}

/** Each value behind a back-tick, so that no program takes a number for a number; a comma of people's own is escaped. */
function marked(values: BillRow[string][]): string {
  return values.map((value) => `\`${value.replaceAll(',', String.raw`\,`).replaceAll(/[\r\n]/g, ' ')}`).join(',');
}
