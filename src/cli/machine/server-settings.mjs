/** How every private database server is set up, throwaway or not. */

/** The account and its database are called the same. */
export const NAME = 'haotuan';

/** As strict as the strictest server the SQL must run on: MySQL's defaults, for all tables. */
const SQL_MODE = [
  'STRICT_ALL_TABLES',
  'ONLY_FULL_GROUP_BY',
  'NO_ZERO_IN_DATE',
  'NO_ZERO_DATE',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'NO_ENGINE_SUBSTITUTION',
];

/** Options that both MariaDB and MySQL know. There is no binary log, because nothing replicates from it. */
export const SETTINGS = [
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--skip-log-bin',
  // MySQL would listen on one more port, for a protocol that nobody speaks here.
  '--loose-mysqlx=OFF',
  '--innodb-flush-log-at-trx-commit=1',
  '--innodb-buffer-pool-size=256M',
  '--max-connections=300',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_unicode_520_ci',
  '--transaction-isolation=READ-COMMITTED',
  '--default-time-zone=+00:00',
  `--sql-mode=${SQL_MODE.join(',')}`,
];

/**
 * What the server runs with all rights at every start, so that neither a client program nor a password for root is needed.
 * One statement per line: MariaDB reads it so.
 *
 * @param {string} password
 * @param {string} grants
 */
export function initialSql(password, grants) {
  const account = `'${NAME}'@'127.0.0.1'`;
  return [
    `CREATE DATABASE IF NOT EXISTS ${NAME};`,
    `CREATE USER IF NOT EXISTS ${account};`,
    `ALTER USER ${account} IDENTIFIED BY '${password}';`,
    `GRANT ALL ON ${grants} TO ${account};`,
    '',
  ].join('\n');
}
