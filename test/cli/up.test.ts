import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { processesOf, Run, twoPorts } from './run.js';
import { temporaryDirectory } from './support.js';

let directory: string;
let ports: Awaited<ReturnType<typeof twoPorts>>;
/** Ana's id, as the first start gave it to her. */
let ana: string;

beforeAll(async () => {
  directory = join(await temporaryDirectory(), '好团 data');
  ports = await twoPorts();
});

const start = (command: 'up.mjs' | 'up' = 'up.mjs'): Run => Run.start({ directory, command, env: ports });
const ready = (): string => `ready http://127.0.0.1:${ports.HTTP_PORT}/graphql`;

async function post<Answer>(url: string, body: unknown): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return (await (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json()) as Answer;
}

/** Logs in as the lines that `up` prints do. */
async function logIn(person: string): Promise<string> {
  const codes = `http://127.0.0.1:${ports.EMULATOR_PORT}/emulator/login-codes`;
  const { code } = await post<{ code: string }>(codes, { person });
  const query = `mutation { login(input: { code: "${code}" }) { ... on Login { user { id } } } }`;
  const url = `http://127.0.0.1:${ports.HTTP_PORT}/graphql`;
  return (await post<{ data: { login: { user: { id: string } } } }>(url, { query })).data.login.user.id;
}

async function isGone(run: Run, exitCode: number): Promise<void> {
  await expect(run.exitCode).resolves.toBe(exitCode);
  await expect(processesOf(directory)).resolves.toEqual([]);
  // Nothing of a run, and nothing half-made.
  await expect(readdir(directory)).resolves.toEqual(['database', 'wechat']);
}

it('makes a shop of a fresh directory, lets people log in, refuses a second start there, and goes away with Ctrl-C', async () => {
  const run = start();
  await run.says(ready());
  expect(run.output).toMatch(/seeded \d+ products/);
  for (const state of ['PENDING', 'FORMING', 'FORMED', 'FAILED', 'ABORTED', 'CLOSED'])
    expect(run.output).toContain(`seed | ${state}`);
  expect(run.output).toMatch(/its staff: manager, with every role; enrols with the code ([A-Z2-7]{4}-){7}[A-Z2-7]{4} /);
  expect(run.output).not.toMatch(/ERROR|WARN/);
  ana = await logIn('ana');

  const second = Run.start({ directory, command: 'up.mjs', env: await twoPorts() });
  await expect(second.exitCode).resolves.toBe(1);
  expect(second.output.trim()).toBe(
    `Already running here, as process ${run.process.pid}. Stop that one first, or choose another DATA_DIR.`,
  );
  await expect(logIn('ana')).resolves.toBe(ana);

  run.kill('SIGINT');
  await isGone(run, 0);
  expect(run.output).toMatch(/Stopping \.\.\.\s*$/);
});

it('keeps the data until the next start, and ends with the npm that has started it, even if that is killed', async () => {
  const run = start('up');
  await run.says(ready());
  expect(run.output).toContain('the demo shop is there already');
  expect(run.output).not.toMatch(/seed \| [A-Z]{5}/);
  await expect(logIn('ana')).resolves.toBe(ana);
  run.kill('SIGKILL');
  await run.leavesNothingRunning();
});

// prettier-ignore
it.each<[what: string, command: 'up.mjs' | 'up', step: string, end: (run: Run) => unknown]>([
  ['its terminal is closed',        'up.mjs', 'Starting the database ...',          (run) => { run.kill('SIGHUP'); }],
  ['nobody reads it any more',      'up.mjs', 'Bringing the tables up to date ...', (run) => run.process.stdout!.destroy()],
  ['it is told to end',             'up.mjs', 'Filling the demo shop ...',          (run) => { run.kill('SIGTERM'); }],
  ['npm is told to end',            'up',     'Starting the servers ...',           (run) => { run.kill('SIGTERM'); }],
  ['it is killed, by its guardian', 'up.mjs', 'ready http',                         (run) => { run.kill('SIGKILL'); }],
])('leaves nothing running when %s', async (_, command, step, end) => {
  const run = start(command);
  await run.says(step);
  end(run);
  await run.exitCode;
  await run.leavesNothingRunning();
});

it('clears away what is left of one that was killed together with its guardian, and goes on', async () => {
  const killed = start();
  await killed.says(ready());
  await killed.killWithGuardian();
  const left = await processesOf(directory);
  expect(
    left.map(({ commandLine }) => /mariadbd|mysqld|emulator|worker|main\.js/.exec(commandLine)?.[0]).sort(),
  ).toEqual(['emulator', 'main.js', expect.stringMatching(/mariadbd|mysqld/), 'worker']);

  const next = start();
  await next.says(ready());
  for (const { pid } of left)
    expect(next.output).toContain(`Process ${pid}, left over from an earlier run, is stopped first ...`);
  await expect(logIn('ana')).resolves.toBe(ana);
  const running = await processesOf(directory);
  expect(running.map(({ pid }) => pid)).not.toEqual(expect.arrayContaining(left.map(({ pid }) => pid)));
});

it.each<[which: string, commandLine: RegExp, message: RegExp]>([
  [
    'the database server',
    /mariadbd|mysqld/,
    /The database server stopped by itself \(SIGKILL\)\. Its log ends with:\n/,
  ],
  ['the worker', /worker\.js/, /worker was killed \(SIGKILL\), so everything else is stopped too\.\s*$/],
  ['the HTTP server', /src\/main\.js/, /main was killed \(SIGKILL\), so everything else is stopped too\.\s*$/],
  ['the emulator', /emulator\/main\.js/, /emulator was killed \(SIGKILL\), so everything else is stopped too\.\s*$/],
])('says that %s was killed, and ends with everything stopped', async (_, commandLine, message) => {
  const run = start();
  await run.says(ready());
  const victim = (await processesOf(directory)).find((found) => commandLine.test(found.commandLine))!;
  process.kill(victim.pid, 'SIGKILL');
  await isGone(run, 1);
  expect(run.output).toMatch(message);
});
