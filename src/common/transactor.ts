import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { isConnectionLost, isTryAgain, needsNewConnection } from './database-errors.js';

const ATTEMPTS_MAX = 5;
const RETRY_MILLISECONDS = 20;

/** The connection broke while committing: the transaction may be in the database or not. Only a stored key can tell. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';

  constructor(cause: unknown) {
    super('the connection was lost at COMMIT', { cause });
  }
}

/** Runs decisions as transactions. */
@Injectable()
export class Transactor {
  readonly #logger = new Logger(Transactor.name);

  constructor(private readonly source: DataSource) {}

  /**
   * Runs `work` in one transaction and returns what it returned, once it is committed.
   * The whole of it runs again, at most five times, after a deadlock, a lock wait timeout or a lost connection; so `work` changes nothing but the database.
   *
   * @throws OutcomeUnknown if the connection broke at COMMIT; whatever `work` threw, after a ROLLBACK, otherwise
   */
  async run<Result>(work: (db: EntityManager) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(work);
      } catch (error) {
        const mayRetry = isTryAgain(error) || needsNewConnection(error);
        if (!mayRetry || attempt >= ATTEMPTS_MAX) throw error;
        this.#logger.debug(`transaction runs again (${attempt}): ${String(error)}`);
        await sleep(RETRY_MILLISECONDS * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  }

  async #once<Result>(work: (db: EntityManager) => Promise<Result>): Promise<Result> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.startTransaction();
      const result = await work(runner.manager);
      await this.#commit(runner);
      return result;
    } catch (error) {
      // 1205 undoes a single statement only, so nothing but an explicit ROLLBACK ends the transaction for sure.
      if (runner.isTransactionActive) await this.#rollBack(runner);
      throw error;
    } finally {
      await runner.release();
    }
  }

  async #commit(runner: QueryRunner): Promise<void> {
    try {
      await runner.commitTransaction();
    } catch (error) {
      throw isConnectionLost(error) ? new OutcomeUnknown(error) : error;
    }
  }

  /** A connection that cannot even roll back is not given to anybody else. */
  async #rollBack(runner: QueryRunner): Promise<void> {
    try {
      await runner.rollbackTransaction();
    } catch (error) {
      this.#logger.warn(`a connection was dropped because it could not roll back: ${String(error)}`);
      const connection = (await runner.connect()) as { destroy(): void };
      connection.destroy();
    }
  }
}
