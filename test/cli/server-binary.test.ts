import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { findServerBinary } from '../../src/cli/machine/server-binary.mjs';
import { temporaryDirectory } from './support.js';

const MARIADB_TOOLS = { 'mariadb-install-db': '', my_print_defaults: '' };

/** A directory of programs that print what is given when they are asked for their version. */
async function placeWith(programs: Record<string, string>): Promise<string> {
  const place = join(await temporaryDirectory(), 'bin');
  await mkdir(place);
  for (const [name, version] of Object.entries(programs)) {
    await writeFile(join(place, name), `#!/bin/sh\necho '${name}  Ver ${version}'\n`);
    await chmod(join(place, name), 0o755);
  }
  return place;
}

// prettier-ignore
it.each<[programs: Record<string, string>, flavour: string | undefined]>([
  [{},                                                      undefined],
  [{ mariadbd: '10.11.6-MariaDB-0+deb12u1', ...MARIADB_TOOLS }, 'mariadb'],
  [{ mariadbd: '11.4.2-MariaDB', ...MARIADB_TOOLS },        'mariadb'],
  [{ mysqld: '10.11.6-MariaDB', ...MARIADB_TOOLS },         'mariadb'], // MariaDB under its old name
  [{ mariadbd: '10.6.18-MariaDB', ...MARIADB_TOOLS },       undefined], // too old
  [{ mariadbd: '10.11.6-MariaDB' },                         undefined], // cannot make a new data directory
  [{ mysqld: '8.4.3 for Linux' },                           'mysql'],
  [{ mysqld: '8.0.40 for Linux' },                          undefined], // too old
])('of %j the server is %s', async (programs, flavour) => {
  expect((await findServerBinary([await placeWith(programs)]))?.flavour).toBe(flavour);
});

it('goes on to a server that is new enough', async () => {
  const [old, current] = [await placeWith({ mysqld: '5.7.44' }), await placeWith({ mysqld: '8.4.3' })];
  expect((await findServerBinary([old, current]))?.path).toBe(join(current, 'mysqld'));
});
