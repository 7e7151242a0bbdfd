import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it } from '@jest/globals';
import { commandLineOf } from '../../src/cli/machine/process-table.mjs';
import { ROOT } from '../../src/cli/machine/environment.mjs';
import { temporaryDirectory } from './support.js';

/** A command with a temporary directory and a process that has started another one; then it does as it is told. */
const COMMAND = `
  import { runCommand } from '${ROOT}/src/cli/machine/lifetime.mjs';
  import { Trouble } from '${ROOT}/src/cli/machine/say.mjs';
  await runCommand(async (lifetime) => {
    const directory = await lifetime.temporaryDirectory();
    const child = lifetime.spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [grandchild] = await new Promise((resolve) => child.stdout.on('data', (data) => resolve(String(data).split('\\n'))));
    console.log(JSON.stringify({ directory, pids: [child.pid, Number(grandchild)] }));
    if (process.argv[2] === 'return') return 0;
    if (process.argv[2] === 'fail') throw new Trouble('No luck.');
    return new Promise(() => setInterval(() => undefined, 1_000));
  });
`;
let script: string;

beforeAll(async () => {
  script = join(await temporaryDirectory(), 'command.mjs');
  await writeFile(script, COMMAND);
});

interface Started {
  readonly directory: string;
  readonly pids: number[];
}

async function goneWithin(milliseconds: number, { directory, pids }: Started): Promise<boolean> {
  for (const until = Date.now() + milliseconds; Date.now() < until;) {
    const alive = pids.map(commandLineOf).filter((line) => line !== undefined);
    if (alive.length === 0 && !existsSync(directory)) return true;
    await sleep(20);
  }
  return false;
}

it.each<[ending: string, signal: NodeJS.Signals | undefined, exitCode: number | null]>([
  ['return', undefined, 0],
  ['fail', undefined, 1],
  ['wait', 'SIGINT', 130],
  ['wait', 'SIGTERM', 130],
  ['wait', 'SIGKILL', null],
])('leaves nothing behind when a command ends by %s %s', async (ending, signal, exitCode) => {
  const command = spawn(process.execPath, [script, ending], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(command, 'close');
  const [line] = (await once(createInterface({ input: command.stdout }), 'line')) as [string];
  const started = JSON.parse(line) as Started;
  if (signal) command.kill(signal);
  await closed;
  expect(command.exitCode).toBe(exitCode);
  // Only a killed command's guardian needs a moment more.
  await expect(goneWithin(signal === 'SIGKILL' ? 5_000 : 100, started)).resolves.toBe(true);
});
