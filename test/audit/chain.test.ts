import { afterAll, beforeEach, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { AuditChain } from '#audit';
import { idBytes, newId, OutcomeUnknown, Transactor } from '#common';
import { AuditWorker } from '../../src/audit/audit.worker.js';
import { connect, type MigratedDatabase, migratedDatabase } from '../common/migrated-database.js';
import { cutCommits } from '../support/commit-cutter.js';
import { anAct, chainOf, manyEntries, meddle, tested, trail } from './entries.js';

let database: MigratedDatabase;
let source: DataSource;
let chain: AuditChain;

beforeAll(async () => {
  database = await migratedDatabase();
  ({ source } = database);
  chain = chainOn(source);
});
afterAll(async () => {
  await database.close();
});
afterEach(async () => {
  await source.query('DELETE FROM job');
  await meddle(
    source,
    'DELETE FROM audit_link',
    'DELETE FROM audit_entry',
    'ALTER TABLE audit_entry AUTO_INCREMENT = 1',
  );
});

const chainOn = (of: DataSource): AuditChain => new AuditChain(of, new Transactor(of));
const act = (reason = '测试'): Promise<void> => trail.record(source.manager, tested, anAct({ reason }));
const linked = (): Promise<{ seq: string; entry_id: string }[]> =>
  source.query('SELECT seq, entry_id FROM audit_link ORDER BY seq');
const reasonsLinked = async (): Promise<string[]> => {
  const rows = await source.query<{ reason: string }[]>(
    'SELECT reason FROM audit_link JOIN audit_entry ON audit_entry.id = entry_id ORDER BY seq',
  );
  return rows.map(({ reason }) => reason);
};

describe('linking', () => {
  it('takes entries in the order of their numbers, and SQL and our own code agree on every hash', async () => {
    const zeros = `user_${'0'.repeat(26)}` as const;
    await trail.record(source.manager, tested, [
      anAct({ reason: '3:abc', before: { text: '好团\n🍓 "x"' }, after: { amountMinor: 9_007_199_254_740_991 } }),
      anAct({ by: newId('staff'), reason: '-', subject: zeros, after: { at: new Date(0), list: [1, null, true] } }),
    ]);
    await source.query(
      `INSERT INTO audit_entry (actor, kind, subject_type, subject_id, reason, facts_before, facts_after, request, acted_at)
       VALUES ('command:test', 'test.tested', 'user', ?, 'with a request', '{}', '{}', '{"mutation":"x"}', '2026-01-02 03:04:05.006')`,
      [idBytes(newId('user'))],
    );
    await chain.link();
    expect(await linked()).toEqual([1, 2, 3].map((n) => ({ seq: String(n), entry_id: String(n) })));
    expect(await chainOf(source)).toEqual({ links: 3, broken: [] });
  });

  it('again changes nothing, and goes on where it was when more has happened', async () => {
    await act('first');
    await chain.link();
    const head = await chain.head();
    await chain.link();
    expect(await chain.head()).toEqual(head);
    await act('second');
    await chain.link();
    expect(await reasonsLinked()).toEqual(['first', 'second']);
  });

  it('by several at once gives every entry one link and leaves no gap', async () => {
    await manyEntries(source, 1_300); // Nearly three pages.
    for (let round = 0; round < 5; round += 1) await Promise.all([1, 2, 3, 4].map(() => chain.link()));
    expect(await chainOf(source)).toEqual({ links: 1_300, broken: [] });
    expect((await linked()).map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 1_300 }, (_, n) => n + 1));
  });

  it('does not wait for an act that has not ended, and links it when it has, though its number is smaller', async () => {
    const slow = source.createQueryRunner();
    await slow.startTransaction();
    await trail.record(slow.manager, tested, anAct({ reason: 'slow' }));
    await act('quick');
    await chain.link();
    expect(await reasonsLinked()).toEqual(['quick']);
    await slow.commitTransaction();
    await slow.release();
    await chain.link();
    expect(await reasonsLinked()).toEqual(['quick', 'slow']);
    expect((await linked()).map(({ entry_id }) => entry_id)).toEqual(['2', '1']);
    expect(await chainOf(source)).toEqual({ links: 2, broken: [] });
  });

  it('leaves out an act that was rolled back', async () => {
    const runner = source.createQueryRunner();
    await runner.startTransaction();
    await trail.record(runner.manager, tested, anAct({ reason: 'never' }));
    await runner.rollbackTransaction();
    await runner.release();
    await act('real');
    await chain.link();
    expect([await reasonsLinked(), (await chainOf(source)).broken]).toEqual([['real'], []]);
  });

  it('takes up what nobody linked for weeks', async () => {
    const weeksAgo = (weeks: number, reason: string): string =>
      `UPDATE audit_entry SET recorded_at = NOW(3) - INTERVAL ${weeks} WEEK WHERE reason = '${reason}'`;
    await act('old');
    await meddle(source, weeksAgo(9, 'old'));
    await chain.link();
    await act('forgotten');
    await meddle(source, weeksAgo(5, 'forgotten'));
    await act('new');
    await chain.link();
    expect([await reasonsLinked(), (await chainOf(source)).broken]).toEqual([['old', 'forgotten', 'new'], []]);
  });

  it.each(['BEFORE_THE_SERVER', 'BEFORE_THE_ANSWER'] as const)(
    'by somebody who dies at COMMIT (%s) leaves nothing half linked, and the next goes on',
    async (where) => {
      const cutter = await cutCommits(database.url);
      const dying = await connect(cutter.url, 1);
      await manyEntries(source, 700); // More than a page.
      cutter.arm(where);
      await expect(chainOn(dying).link()).rejects.toThrow(OutcomeUnknown);
      await dying.destroy();
      await cutter.close();
      expect((await linked()).length).toBe(where === 'BEFORE_THE_SERVER' ? 0 : 500);
      await chain.link();
      expect(await chainOf(source)).toEqual({ links: 700, broken: [] });
    },
  );
});

describe('what is on record', () => {
  beforeEach(async () => {
    for (const reason of ['first', 'second', 'third']) await act(reason);
    await chain.link();
  });

  it.each(['audit_entry SET reason = reason', 'audit_link SET seq = seq + 9'])(
    'is changed by nobody: UPDATE %s',
    async (change) => {
      await expect(source.query(`UPDATE ${change}`)).rejects.toThrow('never changed or deleted');
    },
  );

  const SQL = 'audit-chain-is-whole';
  // prettier-ignore
  it.each<[what: string, statements: string[], told: string]>([
    ['another reason',  ["UPDATE audit_entry SET reason = 'x' WHERE id = 2"],                              'link 2 is broken: its hash is not that of its entry'],
    ['another actor',   ["UPDATE audit_entry SET actor = 'command:x' WHERE id = 3"],                       'link 3 is broken: its hash is not that of its entry'],
    ['another time',    ["UPDATE audit_entry SET recorded_at = recorded_at + INTERVAL 1 SECOND WHERE id = 1"], 'link 1 is broken: its hash is not that of its entry'],
    ['a request',       ["UPDATE audit_entry SET request = '' WHERE id = 1"],                             'link 1 is broken: its hash is not that of its entry'],
    ['facts moved on',  ["UPDATE audit_entry SET facts_before = facts_after, facts_after = facts_before WHERE id = 1"], 'link 1 is broken: its hash is not that of its entry'],
    ['one taken out',   ['DELETE FROM audit_link WHERE seq = 2'],                                          'link 2 is missing: 1 is followed by 3'],
    ['two exchanged',   ['UPDATE audit_link SET seq = 9 WHERE seq = 1', 'UPDATE audit_link SET seq = 1 WHERE seq = 2', 'UPDATE audit_link SET seq = 2 WHERE seq = 9'], 'link 1 is broken: its hash is not that of its entry'],
  ])('shows it when somebody meddles all the same: %s', async (_what, statements, told) => {
    await meddle(source, ...statements);
    expect((await chainOf(source)).broken).toEqual([SQL, told]);
  });

  it('is told by its head to whoever keeps the log, who can see that the whole of it was written anew', async () => {
    const said: string[] = [];
    const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((line) => said.push(String(line)) > 0);
    const worker = new AuditWorker(chain);
    await worker.tellHead();
    await meddle(source, 'DELETE FROM audit_link', "UPDATE audit_entry SET reason = 'x' WHERE id = 1");
    await worker.link();
    await worker.tellHead();
    stdout.mockRestore();
    expect(await chainOf(source)).toEqual({ links: 3, broken: [] });
    expect(said).toEqual([
      expect.stringMatching(/^audit head: 3 [0-9a-f]{64}\n$/),
      expect.stringMatching(/^audit head: 3 /),
    ]);
    expect(said[1]).not.toBe(said[0]);
  });

  it('is missed when the worker does not link it for more than a minute', async () => {
    const schedule = (ranAgoSeconds: number): Promise<unknown> =>
      source.query(
        `REPLACE INTO job (name, args, unique_key, run_at, repeat_seconds)
         VALUES ('audit.link', '{}', 'schedule:audit.link', NOW(3) + INTERVAL 5 SECOND - INTERVAL ? SECOND, 5)`,
        [ranAgoSeconds],
      );
    await act('missed');
    await meddle(source, "UPDATE audit_entry SET recorded_at = NOW(3) - INTERVAL 100 SECOND WHERE reason = 'missed'");
    expect((await chainOf(source)).broken).toEqual([]);
    await schedule(200); // No worker has run since: then nothing else goes on either.
    expect((await chainOf(source)).broken).toEqual([]);
    await schedule(0);
    expect((await chainOf(source)).broken).toEqual(['audit-entries-are-linked']);
    await chain.link();
    expect((await chainOf(source)).broken).toEqual([]);
  });
});
