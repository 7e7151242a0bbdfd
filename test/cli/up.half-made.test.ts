import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { processesOf, Run, twoPorts } from './run.js';
import { temporaryDirectory } from './support.js';

const ANEW = 'The first start was cut short; its database is made anew.';

const STATUSES = ['ABORTED', 'CLOSED', 'FAILED', 'FORMED', 'FORMING', 'PENDING'];
/** A refund that a killed process had in hand is the worker's, once the lease is over. */
const PATIENCE_MILLISECONDS = 60_000;

async function statusesOf(database: Connection): Promise<string[]> {
  const [teams] = await database.query<RowDataPacket[]>('SELECT DISTINCT status FROM team ORDER BY status');
  return teams.map(({ status }) => String(status));
}

/** There are teams in every state, at once or once the worker has caught up; and WeChat has taken no money that the shop does not know of. */
async function expectWholeDemo(directory: string, emulatorPort: string): Promise<void> {
  const database = await mysql.createConnection(await readFile(join(directory, 'database.url'), 'utf8'));
  const end = performance.now() + PATIENCE_MILLISECONDS;
  let statuses = await statusesOf(database);
  while (statuses.length < STATUSES.length && performance.now() < end) {
    await sleep(100);
    statuses = await statusesOf(database);
  }
  expect(statuses).toEqual(STATUSES);
  const [captures] = await database.query<RowDataPacket[]>('SELECT transaction_id AS id FROM capture');
  await database.end();
  const reply = await fetch(`http://127.0.0.1:${emulatorPort}/emulator/books/captures`);
  const theirs = (await reply.json()) as { transaction_id: string }[];
  expect(captures.map(({ id }) => String(id)).sort()).toEqual(theirs.map(({ transaction_id: id }) => id).sort());
}

it('makes anew whatever was half-made when starts were killed, each with its guardian, and goes on with the demo shop once there are tables', async () => {
  const directory = join(await temporaryDirectory(), 'data');
  const env = await twoPorts();
  await mkdir(join(directory, 'wechat.new'), { recursive: true });
  await writeFile(join(directory, 'wechat.new/credentials.json'), '{');

  const killedAt = async (step: string | RegExp): Promise<string> => {
    const run = Run.start({ directory, command: 'up.mjs', env });
    await run.says(step);
    await run.killWithGuardian();
    return run.output;
  };
  await expect(killedAt('Creating a private database ...')).resolves.not.toContain(ANEW);
  await expect(killedAt('migrated CreateJobs')).resolves.not.toContain(ANEW);
  await expect(killedAt('Filling the demo shop ...')).resolves.toContain(ANEW);
  await expect(killedAt(/ seed \| .* team_/)).resolves.not.toContain(ANEW);

  const last = Run.start({ directory, command: 'up.mjs', env });
  await last.says(/^ready http/m);
  expect(last.output).not.toContain(ANEW);
  expect(last.output).toContain('the demo shop is there already');
  expect(last.output).not.toContain('left for the next time');
  await expectWholeDemo(directory, env.EMULATOR_PORT);
  last.kill('SIGINT');
  await expect(last.exitCode).resolves.toBe(0);
  await expect(processesOf(directory)).resolves.toEqual([]);
  await expect(readdir(directory)).resolves.toEqual(['database', 'wechat']);
});
