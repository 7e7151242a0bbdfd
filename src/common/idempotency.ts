import { Injectable } from '@nestjs/common';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { isDuplicate } from './database-errors.js';
import { type Id, idBytes, idFromBytes, newId, prefixOf } from './id.js';
import { RequestError } from './request-error.js';
import type { SealedName } from './sealed.js';
import { OutcomeUnknown, Transactor } from './transactor.js';
import { Vault } from './vault.js';

/** What is asked may hold an address or a telephone number, of which a plain hash could be guessed; a keyed one cannot. */
const HASH_PLACE: SealedName = 'idempotency.request_hash';

/** One attempt of one person to do one thing, however often it is sent. */
export interface Attempt {
  readonly actorId: Id;
  /** Chosen by the client, the same for every repetition. */
  readonly key: string;
  /** What is asked; the same key with something else is a mistake of the client. */
  readonly input: object;
  /** What the request is about, if it makes nothing new. */
  readonly resultId?: Id;
}

interface StoredAnswer {
  readonly request_hash: Buffer;
  readonly result_id: Buffer;
}

@Injectable()
export class Idempotency {
  constructor(
    private readonly transactor: Transactor,
    private readonly vault: Vault,
  ) {}

  /**
   * Does `work` once for each attempt; a repetition gets the same object, as it stands now. A refusal is not remembered, so a refused attempt may succeed later.
   *
   * @param work gets the id that its result must have, a new one unless the attempt names one: it is stored with the key before anything else happens
   * @throws RequestError CONFLICT if the key was used for another input; whatever `work` throws
   */
  async once<Result extends ObjectLiteral & { id: Id }>(
    entity: new () => Result,
    attempt: Attempt,
    work: (db: EntityManager, id: Result['id']) => Promise<Result>,
  ): Promise<Result> {
    const id: Result['id'] = attempt.resultId ?? newId(prefixOf(entity));
    try {
      return await this.#attempt(entity, attempt, id, work);
    } catch (error) {
      if (!(error instanceof OutcomeUnknown)) throw error;
      return await this.#attempt(entity, attempt, id, work); // The stored key tells whether the first one arrived.
    }
  }

  #attempt<Result extends ObjectLiteral & { id: Id }>(
    entity: new () => Result,
    attempt: Attempt,
    id: Result['id'],
    work: (db: EntityManager, id: Result['id']) => Promise<Result>,
  ): Promise<Result> {
    const requestHash = this.vault.blindIndex(HASH_PLACE, canonical(entity, attempt.input));
    return this.transactor.run(async (db) => {
      const answeredWith = await claim(db, entity, attempt, requestHash, id);
      if (!answeredWith) return work(db, id);
      return db.findOneByOrFail(entity, { id: answeredWith } as Partial<Result>);
    });
  }
}

/**
 * Takes the key for this transaction: a second holder waits here until the first has committed or rolled back.
 *
 * @returns the id of the answer given before, or null if the key was free and is now ours
 */
async function claim(
  db: EntityManager,
  entity: new () => object,
  { actorId, key }: Attempt,
  requestHash: Buffer,
  resultId: Id,
): Promise<Id | null> {
  try {
    await db.query('INSERT INTO idempotency (actor_id, idempotency_key, request_hash, result_id) VALUES (?, ?, ?, ?)', [
      idBytes(actorId),
      key,
      requestHash,
      idBytes(resultId),
    ]);
    return null;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const [stored] = await db.query<StoredAnswer[]>(
    'SELECT request_hash, result_id FROM idempotency WHERE actor_id = ? AND idempotency_key = ?',
    [idBytes(actorId), key],
  );
  if (!stored?.request_hash.equals(requestHash)) {
    throw new RequestError(
      'CONFLICT',
      { zh: '同一个 idempotencyKey 不能用于不同的请求。', en: 'This idempotencyKey was used for another request.' },
      [{ path: 'input.idempotencyKey', texts: { zh: '已用于另一个请求。', en: 'Was used for another request.' } }],
    );
  }
  return idFromBytes(prefixOf(entity), stored.result_id);
}

/** The same for the same question, whatever the order of its fields. */
function canonical(entity: new () => object, input: object): string {
  return JSON.stringify([entity.name, input], (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
