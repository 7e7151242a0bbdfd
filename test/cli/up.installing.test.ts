import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from '@jest/globals';
import { isRoot, ORDINARY_USER, ordinaryDirectory, readableCheckout } from './ordinary-user.js';
import { ANOTHER_MACHINE, processesOf, Run, twoPorts } from './run.js';

const WAYS_OUT = `Either
  - install one:  sudo apt-get install mariadb-server-core mariadb-client-core
  - or use one:   DATABASE_URL=mysql://USER:PASSWORD@HOST:3306/DATABASE (MariaDB 10.11 or later, MySQL 8.4 or later)`;

/** Says what it is asked, and puts a server in place once the package lists have been fetched. */
const APT_GET = `
  case "$1" in
    update) touch "$HERE/lists" ;;
    install) [ -e "$HERE/lists" ] || { echo 'E: Unable to locate package mariadb-server-core' >&2; exit 100; }
             touch "$INSTALLED" ;;
  esac`;
const OFFLINE_APT_GET = `
  [ "$1" = --version ] || { echo 'E: Failed to fetch http://deb.example/dists/bookworm' >&2; exit 100; }`;
const EMPTY_APT_GET = 'exit 0';
const SUDO = '[ "$1" = -n ] || exit 1; shift; exec "$@"';
const SUDO_WITH_PASSWORD = `echo 'sudo: a password is required' >&2; exit 1`;

const OPTIONS = '-y --no-install-recommends --no-remove -o DPkg::Lock::Timeout=120';
const INSTALL = `apt-get install ${OPTIONS} mariadb-server-core mariadb-client-core`;

/** The ordinary user's: the data, the programs that come before the machine's, what they were asked. */
let home: string;

beforeEach(async () => {
  home = await ordinaryDirectory();
  await mkdir(join(home, 'bin'));
  await writeFile(join(home, 'asked'), '');
  if (ORDINARY_USER) await chown(join(home, 'asked'), ORDINARY_USER.uid, ORDINARY_USER.gid);
});

/** Starts `up` on a machine without a database server, with these programs first in its PATH, as root or as an ordinary user. */
async function upWith(programs: Record<string, string>, { asRoot }: { asRoot: boolean }): Promise<Run> {
  for (const [name, lines] of Object.entries(programs)) {
    await writeFile(join(home, 'bin', name), `#!/bin/sh\nHERE=${home}\necho "${name} $*" >> "$HERE/asked"\n${lines}\n`);
    await chmod(join(home, 'bin', name), 0o755);
  }
  return Run.start({
    directory: join(home, 'data'),
    command: 'up.mjs',
    env: {
      ...(await twoPorts()),
      ...ANOTHER_MACHINE,
      INSTALLED: join(home, 'installed'),
      HOME: home,
      PATH: `${join(home, 'bin')}:${process.env['PATH']}`,
    },
    ...(asRoot ? {} : { user: ORDINARY_USER, checkout: await readableCheckout() }),
  });
}

const asked = async (): Promise<string[]> => (await readFile(join(home, 'asked'), 'utf8')).trim().split('\n');

const asRootOnly = isRoot ? it : it.skip;

asRootOnly(
  'installs a server as root, with fresh package lists if the old ones do not know it (only where the tests run as root)',
  async () => {
    const run = await upWith({ 'apt-get': APT_GET }, { asRoot: true });
    await run.says('Creating a private database ...');
    expect(run.output).toContain(
      'Installing a database server (apt-get install mariadb-server-core mariadb-client-core) ...',
    );
    await expect(asked()).resolves.toEqual(['apt-get --version', INSTALL, 'apt-get update', INSTALL]);
    run.kill('SIGTERM');
    await expect(run.exitCode).resolves.toBe(0);
  },
);

it('installs a server through sudo for an ordinary user, and is ready', async () => {
  const run = await upWith({ 'apt-get': APT_GET, sudo: SUDO }, { asRoot: false });
  await run.says(/^ready http/m);
  const calls = (await asked()).filter((call) => call.startsWith('sudo'));
  const aptGet = 'sudo -n env DEBIAN_FRONTEND=noninteractive';
  expect(calls).toEqual(['sudo -n true', `${aptGet} ${INSTALL}`, `${aptGet} apt-get update`, `${aptGet} ${INSTALL}`]);
  run.kill('SIGINT');
  await expect(run.exitCode).resolves.toBe(0);
  await expect(processesOf(run.directory)).resolves.toEqual([]);
});

// prettier-ignore
it.each<[why: string, programs: Record<string, string>, message: string]>([
  ['there is no way to install one', { sudo: SUDO_WITH_PASSWORD, 'apt-get': APT_GET },
    `No MariaDB or MySQL server that is new enough was found, and none can be installed from here. ${WAYS_OUT}`],
  ['this is no Debian', { sudo: SUDO, 'apt-get': 'exit 127' },
    `No MariaDB or MySQL server that is new enough was found, and none can be installed from here. ${WAYS_OUT}`],
  ['the packages cannot be fetched', { sudo: SUDO, 'apt-get': OFFLINE_APT_GET },
    `  E: Failed to fetch http://deb.example/dists/bookworm\nNo database server. ${WAYS_OUT}`],
  ['the packages hold none', { sudo: SUDO, 'apt-get': EMPTY_APT_GET },
    `mariadb-server-core and mariadb-client-core were installed, but hold no usable server. ${WAYS_OUT}`],
])('gives up without a server, and says what to do, when %s', async (_, programs, message) => {
  const run = await upWith(programs, { asRoot: false });
  await expect(run.exitCode).resolves.toBe(1);
  expect(run.output.trim().endsWith(message)).toBe(true);
  await expect(processesOf(run.directory)).resolves.toEqual([]);
});
