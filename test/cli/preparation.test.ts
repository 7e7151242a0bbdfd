import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fingerprint } from '../../src/cli/machine/build.mjs';
import { areInstalled } from '../../src/cli/machine/dependencies.mjs';
import { freePort, portToServe, ROOT } from '../../src/cli/machine/environment.mjs';
import { Trouble } from '../../src/cli/machine/say.mjs';
import { temporaryDirectory } from './support.js';

let directory: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
});

const writeJson = (file: string, value: unknown): Promise<void> =>
  writeFile(join(directory, file), JSON.stringify(value));

describe('dependencies', () => {
  const locked = {
    '': {},
    'node_modules/fastify': { version: '5.12.8' },
    'node_modules/of-macos': { version: '1.0.0', optional: true },
  };

  // prettier-ignore
  it.each<[what: string, installed: Record<string, { version: string }> | undefined, answer: boolean]>([
    ['were never installed',           undefined,                                       false],
    ['are those of the lock file',     { 'node_modules/fastify': { version: '5.12.8' } }, true],
    ['are those of an older lock file', { 'node_modules/fastify': { version: '5.12.7' } }, false],
    ['lack one that was added',        {},                                              false],
  ])('that %s: installed is %s', async (_, installed, answer) => {
    await mkdir(join(directory, 'node_modules'));
    await writeJson('package-lock.json', { packages: locked });
    if (installed) await writeJson('node_modules/.package-lock.json', { packages: installed });
    await expect(areInstalled(directory)).resolves.toBe(answer);
  });
});

describe('the fingerprint of a build', () => {
  it('changes with the sources and with nothing else', async () => {
    for (const folder of ['src', 'migrations']) await mkdir(join(directory, folder));
    for (const file of ['.swcrc', 'nest-cli.json', 'tsconfig.json', 'src/main.ts']) await writeJson(file, {});
    const before = await fingerprint(directory);
    await writeJson('src/main.ts', {});
    await writeJson('src/up.mjs', {});
    await expect(fingerprint(directory)).resolves.toBe(before);
    await writeJson('migrations/1-teams.ts', {});
    await expect(fingerprint(directory)).resolves.not.toBe(before);
  });
});

describe('the environment', () => {
  afterEach(() => {
    delete process.env['HTTP_PORT'];
  });

  it('is read from `.env`, which never overrules what is set', async () => {
    await writeFile(join(directory, '.env'), 'HTTP_PORT=3210\nDATA_DIR="a b"\n');
    const script = `import { readEnvFile } from '${ROOT}/src/cli/machine/environment.mjs';
      readEnvFile(${JSON.stringify(join(directory, '.env'))});
      console.log(process.env.HTTP_PORT, process.env.DATA_DIR)`;
    const env = { ...process.env, HTTP_PORT: '3999' };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
    expect(stdout).toBe('3999 a b\n');
  });

  it('names the port that is taken, and the variable to change', async () => {
    const port = await freePort();
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    process.env['HTTP_PORT'] = String(port);
    const answer: unknown = await portToServe('HTTP_PORT', 3000).catch((error: unknown) => error);
    server.close();
    await once(server, 'close');

    expect(answer).toEqual(
      new Trouble(`Port ${port} is already taken. Stop what uses it, or choose another: HTTP_PORT=${port + 10}`),
    );
    await expect(portToServe('HTTP_PORT', 3000)).resolves.toBe(port);
  });

  it.each(['http', '70000', '-1', '80.5'])('does not take %s for a port', async (text) => {
    process.env['HTTP_PORT'] = text;
    await expect(portToServe('HTTP_PORT', 3000)).rejects.toThrow(`HTTP_PORT is no port: ${text}`);
  });
});
