import { DataSource } from 'typeorm';
import { databaseOptions } from '../../database.js';
import { UnfitDatabase } from '../../boot-checks.js';

const FORM = 'mysql://USER:PASSWORD@HOST:3306/DATABASE';

/** Somebody sits before it; a server that is there answers within milliseconds. */
const CONNECT_MILLISECONDS_MAX = 5_000;

interface Address {
  /** Host and port, as shown to people; a password never is. */
  readonly server: string;
  readonly account: string;
  readonly database: string;
}

/** What to do, by the name that mysql2 and the system give to what went wrong. */
const REMEDIES: Readonly<Record<string, (address: Address) => string>> = {
  ECONNREFUSED: ({ server }) => `Nothing listens at ${server}. Start the database server, or correct HOST and port.`,
  ENOTFOUND: ({ server }) => `There is no host of that name: ${server}. Correct HOST.`,
  EAI_AGAIN: ({ server }) => `The name of the host cannot be looked up at the moment: ${server}.`,
  ETIMEDOUT: ({ server }) =>
    `No MariaDB or MySQL answers at ${server}. Correct HOST and port, and see that no firewall is between.`,
  ER_ACCESS_DENIED_ERROR: ({ account }) => `The server does not let ${account} in. Correct USER and PASSWORD.`,
  ER_HOST_NOT_PRIVILEGED: ({ account }) => `The server lets nobody in from this machine, as ${account} or otherwise.`,
  ER_BAD_DB_ERROR: missing,
  ER_DBACCESS_DENIED_ERROR: missing,
  ER_CON_COUNT_ERROR: ({ server }) => `All connections of ${server} are taken. Raise its max_connections.`,
};

function missing({ database, account }: Address): string {
  return (
    `There is no database ${database}, or ${account} may not use it. Somebody who may can make it:\n` +
    `  CREATE DATABASE ${database} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;\n` +
    `  GRANT ALL ON ${database}.* TO ${account};`
  );
}

/**
 * A connection to the database that DATABASE_URL names.
 *
 * @throws UnfitDatabase that says what keeps us from it and what to do
 */
export async function reach(url: string): Promise<DataSource> {
  const address = parse(url);
  try {
    const options = databaseOptions({ DATABASE_URL: url, DATABASE_POOL_SIZE: 1 });
    return await new DataSource(Object.assign(options, { connectTimeout: CONNECT_MILLISECONDS_MAX })).initialize();
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    const remedy = REMEDIES[code]?.(address) ?? `The server at ${address.server} cannot be used: ${message}`;
    throw new UnfitDatabase(`DATABASE_URL: ${remedy}`);
  }
}

function parse(url: string): Address {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isOurs = parsed !== undefined && /^(mysql|mariadb):$/.test(parsed.protocol) && parsed.hostname !== '';
  const database = parsed?.pathname.slice(1) ?? '';
  if (!isOurs || database === '') {
    throw new UnfitDatabase(
      `DATABASE_URL is not an address of the form ${FORM}. Characters such as @ : / # % in a password are written as %40 %3A %2F %23 %25.`,
    );
  }
  return {
    server: `${parsed.hostname}:${parsed.port || '3306'}`,
    account: decodeURIComponent(parsed.username),
    database,
  };
}
