import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditChain } from '#audit';
import { Transactor } from '#common';
import { BadOption, readOptions } from '../../src/cli/audit/options.js';
import { manyEntries, meddle } from '../audit/entries.js';
import { type MigratedDatabase, migratedDatabase } from '../common/migrated-database.js';

const SCRIPT = join(process.cwd(), 'dist/src/cli/audit.js');
const ENTRIES = 10_000;
const ENTRY_BYTES = 9_000;
/** What the program itself needs is 54; the entries alone weigh more than all of it. */
const HEAP_MEGABYTES = 76;

describe('the arguments of `npm run audit`', () => {
  it('say what to do with which file', () => {
    expect(readOptions(['export', 'a.jsonl'])).toEqual({ action: 'export', file: 'a.jsonl', since: null });
    expect(readOptions(['verify', 'a.jsonl'])).toEqual({ action: 'verify', file: 'a.jsonl' });
    const since = new Date('2026-11-30T16:00:00Z');
    expect(readOptions(['export', '--since', '2026-12-01T00:00:00+08:00', 'a'])).toMatchObject({ since });
  });

  // prettier-ignore
  it.each<[args: string[], named: string]>([
    [[],                                       'export or verify'],
    [['delete', 'a'],                          'export or verify'],
    [['export'],                               'FILE'],
    [['verify'],                               'FILE'],
    [['verify', 'a', 'b'],                     'b'],
    [['verify', 'a', '--since', '2026-01-01T00:00:00Z'], '--since'],
    [['export', 'a', '--since', 'yesterday'],  '--since'],
    [['export', 'a', '--since', '2026-01-01T00:00:00'], '--since'],
    [['export', 'a', '--until', 'x'],          '--until'],
  ])('that cannot be followed are named: %j', (args, named) => {
    expect(() => readOptions(args)).toThrow(BadOption);
    expect(() => readOptions(args)).toThrow(named);
  });
});

describe('the audit trail as a file', () => {
  let database: MigratedDatabase;
  let directory: string;

  beforeAll(async () => {
    database = await migratedDatabase();
    directory = await mkdtemp(join(tmpdir(), 'audit-'));
    const after = JSON.stringify({ text: 'x'.repeat(ENTRY_BYTES) });
    await manyEntries(database.source, ENTRIES - 10, after, new Date('2026-01-01T00:00:00Z'));
    await manyEntries(database.source, 10, after);
    await new AuditChain(database.source, new Transactor(database.source)).link();
    await manyEntries(database.source, 3);
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await rm(directory, { recursive: true });
  });

  interface Ended {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
  }

  /** The command as it runs for people, but with little memory. */
  async function run(...args: string[]): Promise<Ended> {
    const env = { ...process.env, NODE_OPTIONS: '', DATABASE_URL: database.url };
    try {
      const command = [`--max-old-space-size=${HEAP_MEGABYTES}`, SCRIPT, ...args];
      return { code: 0, ...(await promisify(execFile)(process.execPath, command, { env, cwd: directory })) };
    } catch (error) {
      return error as Ended;
    }
  }

  const linesOf = async (file: string): Promise<string[]> =>
    (await readFile(join(directory, file), 'utf8')).trimEnd().split('\n');
  const headOf = (output: string): string => /head \d+ [0-9a-f]{64}$/m.exec(output)?.[0] ?? 'no head';

  it('has every linked entry, read and written with less memory than they weigh, and can be checked by itself', async () => {
    const exported = await run('export', 'all.jsonl');
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    expect(exported.stdout).toMatch(
      /^3 more are not linked yet and not in the file\naudit: 10000 entries, head 10000 /,
    );
    const { size, mode } = await stat(join(directory, 'all.jsonl'));
    expect(size).toBeGreaterThan(HEAP_MEGABYTES * 1_048_576);
    expect(mode & 0o777).toBe(0o600);
    const verified = await run('verify', 'all.jsonl');
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(verified.stdout).toMatch(/^audit: 10000 entries from link 1 on are whole, head 10000 /);
    expect(headOf(verified.stdout)).toBe(headOf(exported.stdout));
  }, 300_000);

  it('is never written over', async () => {
    const before = await stat(join(directory, 'all.jsonl'));
    const again = await run('export', 'all.jsonl');
    expect([again.code, again.stderr]).toEqual([1, expect.stringMatching(/^audit: EEXIST/)]);
    expect((await stat(join(directory, 'all.jsonl'))).mtimeMs).toBe(before.mtimeMs);
  });

  it('may begin at some time, and can still be checked', async () => {
    await run('export', '--since', '2026-02-01T00:00:00Z', 'new.jsonl');
    expect(await linesOf('new.jsonl')).toHaveLength(10);
    const { code, stdout } = await run('verify', 'new.jsonl');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^audit: 10 entries from link 9991 on are whole/)]);
  });

  // prettier-ignore
  it.each<[what: string, change: (lines: string[]) => string[], told: string]>([
    ['another word',       ([one, two, ...rest]) => [one!, two!.replace('第', '弟'), ...rest],   'link 9992 is broken: its hash is not that of its entry'],
    ['one taken out',      ([one, , ...rest]) => [one!, ...rest],                                 'link 9992 is missing: 9991 is followed by 9993'],
    ['another one before', ([one, two, ...rest]) => [one!, two!.replace(/"previousHash":"./, '"previousHash":"x'), ...rest], 'line 2 is not a link'],
    ['one from elsewhere', ([one, two, ...rest]) => [one!, two!.replace(/"previousHash":"\w{64}/, `"previousHash":"${'0'.repeat(64)}`), ...rest], 'link 9992 does not follow link 9991'],
    ['half a line',        ([one, two]) => [one!, two!.slice(0, 99)],                             'line 2 is not a link'],
    ['a part left out',    ([one]) => [one!.replace('"request":null,', '')],                      'line 1 is not a link'],
  ])('that was changed is found out: %s', async (_what, change, told) => {
    await writeFile(join(directory, 'changed.jsonl'), `${change(await linesOf('new.jsonl')).join('\n')}\n`);
    const { code, stderr } = await run('verify', 'changed.jsonl');
    expect([code, stderr]).toEqual([1, expect.stringContaining(`audit: ${told}`)]);
  });

  it('ends before the first link that is broken in the database, which is named', async () => {
    await meddle(
      database.source,
      "UPDATE audit_entry SET actor = 'command:nobody' WHERE id = (SELECT entry_id FROM audit_link WHERE seq = 9999)",
    );
    const { code, stderr } = await run('export', '--since', '2026-02-01T00:00:00Z', 'broken.jsonl');
    expect([code, stderr]).toEqual([1, 'audit: link 9999 is broken: its hash is not that of its entry\n']);
    expect(await linesOf('broken.jsonl')).toHaveLength(8);
  });

  it('that is not there, or a command that makes no sense, is told in a line', async () => {
    expect(await run('verify', 'nothing.jsonl')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^audit: ENOENT/),
    });
    expect(await run('verify')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/FILE is missing\nnpm run audit/),
    });
  });
});
