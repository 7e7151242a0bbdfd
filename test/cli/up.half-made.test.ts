import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { processesOf, Run, twoPorts } from './run.js';
import { temporaryDirectory } from './support.js';

const ANEW = 'The first start was cut short; its database is made anew.';

it('makes anew whatever was half-made when starts were killed, each with its guardian, and nothing once there is a shop', async () => {
  const directory = join(await temporaryDirectory(), 'data');
  const env = await twoPorts();
  await mkdir(join(directory, 'wechat.new'), { recursive: true });
  await writeFile(join(directory, 'wechat.new/credentials.json'), '{');

  const killedAt = async (step: string): Promise<string> => {
    const run = Run.start({ directory, command: 'up.mjs', env });
    await run.says(step);
    await run.killWithGuardian();
    return run.output;
  };
  await expect(killedAt('Creating a private database ...')).resolves.not.toContain(ANEW);
  await expect(killedAt('migrated CreateJobs')).resolves.not.toContain(ANEW);
  await expect(killedAt('Filling the demo shop ...')).resolves.toContain(ANEW);
  await expect(killedAt('emulator http')).resolves.toContain(ANEW);

  const last = Run.start({ directory, command: 'up.mjs', env });
  await last.says(/^ready http/m);
  expect(last.output).not.toContain(ANEW);
  expect(last.output).toContain('the demo shop is there already');
  last.kill('SIGINT');
  await expect(last.exitCode).resolves.toBe(0);
  await expect(processesOf(directory)).resolves.toEqual([]);
  await expect(readdir(directory)).resolves.toEqual(['database', 'wechat']);
});
