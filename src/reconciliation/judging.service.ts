import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { BusinessTime, idBytes, idFromBytes, move, moveAll, newId, Transactor } from '#common';
import { Jobs, sweep, SWEEP_PAGE } from '#jobs';
import { LedgerService, type Transfer, transfer } from '#ledger';
import { BillDay, type BillDayId } from './bill-day.entity.js';
import { Finding, type FindingId } from './finding.entity.js';
import { flowMismatches, type Mismatch, type Question, tradeMismatches } from './mismatches.queries.js';
import { askAboutFinding } from './reconciliation.jobs.js';
import { adviceFor, billDayLife, canChannelTell, findingLife } from './reconciliation.rules.js';

/** How many differences are written down at once. */
const CHUNK = 500;

const KEY = 'm.kind = f.kind AND m.subject = f.subject AND m.about = f.about';

/** Compares bills with our books. The database finds all differences of a bill by joins; what is written down is what they are, once. */
@Injectable()
export class JudgingService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly businessTime: BusinessTime,
    private readonly jobs: Jobs,
    private readonly ledger: LedgerService,
  ) {}

  /** Compares every bill that is here and not closed. */
  async judgeOpen(): Promise<void> {
    const open = await this.source.manager.find(BillDay, {
      where: { status: In(['FETCHED', 'OPEN']) },
      order: { day: 'ASC', type: 'DESC' },
      take: SWEEP_PAGE,
    });
    // One after the other: what the trade bill tells, the fund flow bill of the day leaves out.
    for (const type of ['TRADE', 'FUND_FLOW']) {
      await sweep<BillDay>(
        (after) => Promise.resolve(after ? [] : open.filter((day) => day.type === type)),
        ({ id }) => this.judge(id),
      );
    }
  }

  /** Compares one bill, and closes it if nothing differs that is not resolved. */
  async judge(id: BillDayId): Promise<void> {
    await this.transactor.run(async (db) => {
      const day = await this.lock(db, id);
      if (day.status !== 'FETCHED' && day.status !== 'OPEN') return;
      const question = await this.#questionOf(db, day);
      if (!question) return;
      await this.#dissolve(db, day, question);
      await this.#write(db, day, question);
      await this.closeIfDone(db, day);
    });
  }

  /** The bill's row, locked: whoever changes its findings holds it. */
  lock(db: EntityManager, id: BillDayId): Promise<BillDay> {
    return db.findOneOrFail(BillDay, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Closes a bill that has no open finding and posts what it says of our own money, as part of the transaction that holds its lock. */
  async closeIfDone(db: EntityManager, day: BillDay): Promise<void> {
    if (await db.existsBy(Finding, { billDayId: day.id, status: 'OPEN' })) {
      if (day.status === 'FETCHED') await move(db, BillDay, billDayLife, day, 'OPEN');
      return;
    }
    await move(db, BillDay, billDayLife, day, 'CLOSED', { closedAt: await this.businessTime.read(db) });
    await this.ledger.post(db, day.type === 'TRADE' ? feesOf(day) : await withdrawalsOf(db, day));
  }

  /** Null if the bill cannot be compared yet: a fund flow bill needs the trade bill of its day. */
  async #questionOf(db: EntityManager, day: BillDay): Promise<Question | null> {
    if (day.type === 'TRADE') return tradeMismatches(day);
    const trade = await db.findOneBy(BillDay, { type: 'TRADE', day: day.day });
    return trade && trade.status !== 'WAITING' && trade.status !== 'FETCHED' ? flowMismatches(day, trade) : null;
  }

  async #dissolve(db: EntityManager, { id }: BillDay, { sql, parameters }: Question): Promise<void> {
    // Nearly all bills have none, and the question is as large as a day.
    if (!(await db.existsBy(Finding, { billDayId: id, status: 'OPEN' }))) return;
    const gone = await db.query<{ id: Buffer }[]>(
      `SELECT f.id FROM finding AS f LEFT JOIN (${sql}) AS m ON ${KEY}
       WHERE f.bill_day_id = ? AND f.status = 'OPEN' AND m.about IS NULL`,
      [...parameters, idBytes(id)],
    );
    if (gone.length === 0) return;
    const findings = await db.findBy(Finding, { billDayId: id, status: 'OPEN', id: In(gone.map(idOf)) });
    await moveAll(db, Finding, findingLife, findings, 'DISSOLVED', { resolvedAt: await this.businessTime.read(db) });
  }

  /** Writes down what is new, some at a time, and takes up again what had gone by itself. */
  async #write(db: EntityManager, day: BillDay, { sql, parameters }: Question): Promise<void> {
    const fresh = `FROM (${sql}) AS m LEFT JOIN finding AS f ON f.bill_day_id = ? AND ${KEY}`;
    for (;;) {
      const found = await db.query<(Mismatch & { again: Buffer | null })[]>(
        `SELECT m.*, f.id AS again ${fresh} WHERE f.id IS NULL OR f.status = 'DISSOLVED' LIMIT ${CHUNK}`,
        [...parameters, idBytes(day.id)],
      );
      if (found.length === 0) return;
      await this.#takeUp(
        db,
        found.flatMap(({ again }) => (again ? { id: again } : [])),
      );
      await this.#insert(
        db,
        day,
        found.filter(({ again }) => again === null),
      );
    }
  }

  async #takeUp(db: EntityManager, rows: readonly { readonly id: Buffer }[]): Promise<void> {
    if (rows.length === 0) return;
    const findings = await db.findBy(Finding, { id: In(rows.map(idOf)) });
    await moveAll(db, Finding, findingLife, findings, 'OPEN', { resolvedAt: null });
  }

  async #insert(db: EntityManager, day: BillDay, mismatches: readonly Mismatch[]): Promise<void> {
    if (mismatches.length === 0) return;
    const foundAt = await this.businessTime.read(db);
    const findings = mismatches.map((mismatch) => newFinding(db, day, mismatch, foundAt));
    await db.insert(Finding, findings);
    const asked = findings.filter(canChannelTell).map(({ id }) => ({ findingId: id }));
    await this.jobs.enqueue(db, askAboutFinding, asked);
  }
}

function idOf({ id }: { readonly id: Buffer }): FindingId {
  return idFromBytes('finding', id);
}

function newFinding(db: EntityManager, day: BillDay, mismatch: Mismatch, foundAt: Date): Finding {
  const { kind, subject, about, ourNumber, channelNumber, oursMinor, theirsMinor, ourState, theirState } = mismatch;
  const minor = (value: string | number | null): number | null => (value === null ? null : Number(value));
  return db.create(Finding, {
    ...{ id: newId('finding'), billDayId: day.id, kind, subject, about, ourNumber, channelNumber },
    ...{ oursMinor: minor(oursMinor), theirsMinor: minor(theirsMinor), currency: day.currency, ourState, theirState },
    advice: adviceFor({ kind, subject, ourState, isOurs: mismatch.isOurs === 1 }),
    ...{ status: 'OPEN', foundAt, resolvedAt: null, resolvedById: null, reason: null },
  });
}

/** What the channel took for its work is our expense; what it gave back makes it less. */
function feesOf({ id, feeMinor, currency }: BillDay): Transfer[] {
  return fromChannel('platform:fees', feeMinor, 'FEE', { id, currency });
}

/** What left our account at the channel for another one; less than nothing came from there. */
function fromChannel(
  to: 'platform:fees' | 'bank:payouts',
  minor: number,
  code: 'FEE' | 'WITHDRAWAL',
  { id, currency }: Pick<BillDay, 'id' | 'currency'>,
): Transfer[] {
  if (minor === 0) return [];
  const money = { amountMinor: Math.abs(minor), currency };
  const source = { type: 'bill_day', id } as const;
  return [
    minor > 0
      ? transfer(to, 'channel:wechat', money, code, source)
      : transfer('channel:wechat', to, money, code, source),
  ];
}

async function withdrawalsOf(db: EntityManager, { id, currency }: BillDay): Promise<Transfer[]> {
  const [row] = await db.query<{ out: string }[]>(
    "SELECT COALESCE(-SUM(amount_minor), 0) AS `out` FROM bill_line WHERE bill_day_id = ? AND kind = 'FLOW_WITHDRAWAL'",
    [idBytes(id)],
  );
  return fromChannel('bank:payouts', Number(row?.out ?? 0), 'WITHDRAWAL', { id, currency });
}
