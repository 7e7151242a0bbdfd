import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asUser, ensureDataDirectory, filesIn } from '../../src/cli/machine/data-directory.mjs';
import { freePort } from '../../src/cli/machine/environment.mjs';
import type { Lifetime } from '../../src/cli/machine/lifetime.mjs';
import { isReady } from '../../src/cli/machine/readiness.mjs';
import { ensureServerBinary } from '../../src/cli/machine/server-binary.mjs';

/** Who may do everything on it. */
const ADMIN = 'admin';

export interface Server {
  readonly port: number;
  /** The address of one of its databases, for one of its accounts; their passwords are their names. */
  url(database: string, account?: string): string;
}

/** Somebody else's server, of whatever settings, as DATABASE_URL may name it. Afterwards nothing is left of it. */
export async function serverOf(lifetime: Lifetime, ...settings: string[]): Promise<Server> {
  const binary = await ensureServerBinary(lifetime);
  const directory = join(await lifetime.temporaryDirectory(), 'server');
  await ensureDataDirectory(lifetime, binary, directory);
  const { data, initialSql, socket, log, pid } = filesIn(directory);
  await writeFile(
    initialSql,
    `CREATE USER ${ADMIN} IDENTIFIED BY '${ADMIN}';\nGRANT ALL ON *.* TO ${ADMIN} WITH GRANT OPTION;\n`,
  );
  const port = await freePort();
  const places = [
    `--datadir=${data}`,
    `--init-file=${initialSql}`,
    `--socket=${socket}`,
    `--log-error=${log}`,
    `--pid-file=${pid}`,
  ];
  const args = [
    '--no-defaults',
    ...asUser(),
    ...places,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
  ];
  const child = lifetime.spawn(binary.path, [...args, ...settings], { stdio: 'ignore' });
  if (!(await isReady(child, port))) throw new Error(`No server of ${settings.join(' ')}`);
  return {
    port,
    url: (database, account = ADMIN) => `mysql://${account}:${account}@127.0.0.1:${port}/${database}`,
  };
}
