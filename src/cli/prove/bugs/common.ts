import type { SeededBug } from '../bug.js';

const TRANSACTOR = 'src/common/transactor.ts';
const IDEMPOTENCY = 'src/common/idempotency.ts';
const STATE_MACHINE = 'src/common/state-machine.ts';

export const COMMON: readonly SeededBug[] = [
  {
    name: 'a lock wait timeout is swallowed, and what was done before it is committed',
    file: TRANSACTOR,
    search: 'if (runner.isTransactionActive) await this.#rollBack(runner);',
    replace:
      'if (runner.isTransactionActive) await (isTryAgain(error) ? runner.commitTransaction() : this.#rollBack(runner));',
    caughtBy: {
      file: 'test/common/transactor.test.ts',
      test: 'that waited too long for a lock starts over from nothing',
    },
  },
  {
    name: 'a deadlock is an error instead of another try',
    file: 'src/common/database-errors.ts',
    search: 'new Set([1213, 1205, 1020])',
    replace: 'new Set([1205, 1020])',
    caughtBy: { file: 'test/common/transactor.test.ts', test: 'that waits in a circle with another is run again' },
  },
  {
    name: 'a connection lost at COMMIT is blindly tried again',
    file: TRANSACTOR,
    search: 'throw isConnectionLost(error) ? new OutcomeUnknown(error) : error;',
    replace: 'throw error;',
    caughtBy: { file: 'test/common/lost-commit.test.ts', test: 'a connection that breaks at COMMIT' },
  },
  {
    name: 'an idempotency key is remembered for a refusal',
    file: IDEMPOTENCY,
    search: 'const answeredWith = await claim(db, entity, attempt, requestHash, id);',
    replace:
      'const answeredWith = await this.transactor.run((apart) => claim(apart, entity, attempt, requestHash, id));',
    caughtBy: { file: 'test/common/idempotency.test.ts', test: 'a refusal is not remembered' },
  },
  {
    name: 'an idempotency key answers another question with the first one’s answer',
    file: IDEMPOTENCY,
    search: 'if (!stored?.request_hash.equals(requestHash)) {',
    replace: 'if (!stored) {',
    caughtBy: { file: 'test/common/idempotency.test.ts', test: 'is a conflict that names the key, and does nothing' },
  },
  {
    name: 'a row is moved on although somebody else has moved it',
    file: STATE_MACHINE,
    search: 'const where = { id: row.id, status: row.status } as FindOptionsWhere<Row>;',
    replace: 'const where = { id: row.id } as FindOptionsWhere<Row>;',
    caughtBy: { file: 'test/common/state-machine.test.ts', test: 'that somebody else has moved changes nothing' },
  },
  {
    name: 'many rows are moved on although somebody else has moved one of them',
    file: STATE_MACHINE,
    search: 'const where = { id: In(rows.map(({ id }) => id)), status } as unknown',
    replace: 'const where = { id: In(rows.map(({ id }) => id)) } as unknown',
    caughtBy: { file: 'test/common/state-machine.test.ts', test: 'beside one that somebody else has moved is a bug' },
  },
];
