import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findServerBinary, type ServerBinary } from '../../src/cli/machine/server-binary.mjs';
import { ORDINARY_USER, ordinaryDirectory, readableCheckout } from './ordinary-user.js';
import { ANOTHER_MACHINE, processesOf, Run, type RunOptions, twoPorts } from './run.js';
import { temporaryDirectory } from './support.js';

let directory: string;
let ports: Awaited<ReturnType<typeof twoPorts>>;

beforeEach(async () => {
  directory = join(await temporaryDirectory(), 'data');
  ports = await twoPorts();
});

/** What `up` says before it gives up, when it has left nothing running and nothing half-made. */
async function refusal(options: Partial<RunOptions> = {}): Promise<string> {
  const run = Run.start({ directory, command: 'up.mjs', ...options, env: { ...ports, ...options.env } });
  await expect(run.exitCode).resolves.toBe(1);
  await expect(processesOf(run.directory)).resolves.toEqual([]);
  const left = await readdir(run.directory).catch(() => []);
  expect(left.filter((name) => !['database', 'wechat'].includes(name))).toEqual([]);
  expect(run.output).not.toMatch(/^ +at /m);
  return run.output.trim();
}

describe('a port', () => {
  it.each(['HTTP_PORT', 'EMULATOR_PORT'] as const)(
    'that is taken is named, with another to choose: %s',
    async (variable) => {
      const server = createServer().listen(Number(ports[variable]), '127.0.0.1');
      await once(server, 'listening');
      const port = Number(ports[variable]);
      const other = port + 10 > 65_535 ? port - 10 : port + 10;
      await expect(refusal()).resolves.toBe(
        `Port ${port} is already taken. Stop what uses it, or choose another: ${variable}=${other}`,
      );
      server.close();
    },
  );

  it('is for one server only', async () => {
    await expect(refusal({ env: { EMULATOR_PORT: ports.HTTP_PORT } })).resolves.toBe(
      `HTTP_PORT and EMULATOR_PORT are both ${ports.HTTP_PORT}. Choose another for one of them.`,
    );
  });

  it.each([
    ['HTTP_PORT', 'http'],
    ['EMULATOR_PORT', '70000'],
  ])('must be a number that a port can have: %s=%s', async (variable, value) => {
    await expect(refusal({ env: { [variable]: value } })).resolves.toBe(
      `${variable} is no port: ${value}. It must be a whole number from 0 to 65535.`,
    );
  });

  it('below 1024 is not for ordinary users', async () => {
    // Where the system opens all ports to everybody, as in many containers, there is nobody to refuse.
    const firstOpen = Number(await readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
    const run = Run.start({
      directory: await ordinaryDirectory(),
      command: 'up.mjs',
      env: { ...ports, HTTP_PORT: '1', DATABASE_URL: 'postgres://elsewhere' },
      user: ORDINARY_USER,
      checkout: await readableCheckout(),
    });
    await expect(run.exitCode).resolves.toBe(1);
    expect(run.output).toContain(
      firstOpen > 1
        ? 'Port 1 is not open to ordinary users. Choose one above 1023: HTTP_PORT=3000'
        : 'DATABASE_URL is not an address',
    );
  });
});

describe('a data directory', () => {
  let binary: ServerBinary;

  beforeAll(async () => {
    binary = (await findServerBinary())!;
  });

  it('that is a file is told so', async () => {
    await writeFile(directory, '');
    await expect(refusal()).resolves.toBe(
      `${directory} cannot be used: something else is in its place. Move that away, or keep the data elsewhere: DATA_DIR=/another/place`,
    );
  });

  it('below a file is told so', async () => {
    directory = '/dev/null/data';
    await expect(refusal()).resolves.toBe(
      `${directory} cannot be used: a part of it is a file, not a directory. Move that away, or keep the data elsewhere: DATA_DIR=/another/place`,
    );
  });

  it('that cannot be written is told so', async () => {
    const parent = await temporaryDirectory();
    await chmod(parent, 0o555);
    directory = join(parent, 'data');
    await expect(refusal({ user: ORDINARY_USER, checkout: await readableCheckout() })).resolves.toBe(
      `${directory} cannot be used: this user has no right to it. Change its owner, or keep the data elsewhere: DATA_DIR=/another/place`,
    );
  });

  it('with too long a path for a database server is told so', async () => {
    directory = join(directory, ...Array<string>(5).fill('x'.repeat(100)));
    await expect(refusal()).resolves.toContain(
      `The path is too long for a database server. Choose a shorter DATA_DIR than ${directory}`,
    );
  });

  async function databaseOf(account: string | undefined): Promise<string> {
    const database = join(directory, 'database');
    await mkdir(database, { recursive: true });
    if (account !== undefined) await writeFile(join(database, 'account.json'), account);
    return database;
  }

  const OTHER = { mariadb: 'mysql', mysql: 'mariadb' } as const;

  it.each([
    ['a newer server', ({ flavour, version }: ServerBinary) => ({ flavour, version: [version[0] + 1, 0] })],
    ['another kind of server', ({ flavour, version }: ServerBinary) => ({ flavour: OTHER[flavour], version })],
  ])('made by %s is left alone', async (_, madeBy) => {
    const maker = madeBy(binary);
    const account = JSON.stringify({ ...maker, password: 'secret' });
    const database = await databaseOf(account);
    await expect(refusal()).resolves.toContain(
      `The database was made by ${maker.flavour} ${maker.version.join('.')}, but the server found is ${binary.flavour} ` +
        `${binary.version.join('.')}, which may not read it. Install the former again, or move the directory away to start anew: ${database}`,
    );
    await expect(readdir(database)).resolves.toEqual(['account.json']);
    await expect(readFile(join(database, 'account.json'), 'utf8')).resolves.toBe(account);
  });

  it.each([
    ['is missing', undefined],
    ['is damaged', '{"flavour":'],
  ])('whose note of its maker %s is left alone', async (_, account) => {
    const database = await databaseOf(account);
    await expect(refusal()).resolves.toContain(
      `The database directory is incomplete (account.json is missing or damaged). Move it away to start anew: ${database}`,
    );
  });
});

describe('a full disk', () => {
  const preload = (freeMegabytes: string): NodeJS.ProcessEnv => ({ ...ANOTHER_MACHINE, FREE_MEGABYTES: freeMegabytes });

  it('is told before anything is made', async () => {
    await expect(refusal({ env: preload('64') })).resolves.toContain(
      `The disk is full: 64 MB are free, a database needs 512 MB. Make room in ${directory}`,
    );
    expect(await readdir(directory)).not.toContain('database');
  });

  it('is told when it has become full while the database was made, of which nothing is left', async () => {
    // No file may grow to the size that the server's log needs: the server fails as it does on a disk that is full.
    await expect(refusal({ env: preload('600,7'), fileKilobytesMax: 4_096 })).resolves.toContain(
      `The disk is full: 7 MB are free, a database needs 512 MB. Make room in ${directory}`,
    );
    expect(await readdir(directory)).not.toContain('database');
  });

  describe('that is real', () => {
    let disk: string;
    let isMounted: boolean;

    beforeAll(async () => {
      disk = await temporaryDirectory();
      isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'none', disk]).status === 0;
    });

    afterAll(() => {
      if (isMounted) spawnSync('umount', [disk]);
    });

    it.each([
      ['before', {}],
      ['although there had seemed to be enough', preload('600')],
    ])('is told %s, wherever one can be mounted', async (_, env) => {
      directory = join(disk, 'data');
      const message = await refusal({ env: isMounted ? env : preload('64') });
      expect(message).toMatch(/^The disk is full: \d{1,2} MB are free, a database needs 512 MB\. Make room in /m);
      expect(await readdir(directory)).not.toContain('database');
    });
  });
});
