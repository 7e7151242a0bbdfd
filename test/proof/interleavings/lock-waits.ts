import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise';

interface StatusRow extends RowDataPacket {
  readonly Status: string;
}

/**
 * Sees who waits for a row's lock, over a connection of its own. InnoDB's status text is read because it is made when it is asked for;
 * `information_schema.innodb_trx` is a copy that may be a tenth of a second old.
 */
export class LockWaits {
  private constructor(private readonly connection: Connection) {}

  static async open(databaseUrl: string): Promise<LockWaits> {
    return new LockWaits(await mysql.createConnection(databaseUrl.replace(/^mariadb:/, 'mysql:')));
  }

  /** Whether the statement that runs on a connection waits for a lock now. */
  async has(threadId: number): Promise<boolean> {
    const [[row]] = await this.connection.query<StatusRow[]>('SHOW ENGINE INNODB STATUS');
    if (!row) throw new Error('the server gives no InnoDB status');
    return waitingThreads(row.Status).has(threadId);
  }

  close(): Promise<void> {
    return this.connection.end();
  }
}

/** The connections whose transactions the status text lists as waiting. */
function waitingThreads(status: string): ReadonlySet<number> {
  const [, transactions = ''] = status.split(/^TRANSACTIONS$/m);
  const waiting = transactions.split(/^---TRANSACTION /m).filter((each) => /^LOCK WAIT /m.test(each));
  return new Set(waiting.flatMap((each) => [...each.matchAll(/thread id (\d+)/g)].map(([, id]) => Number(id))));
}
