import type { EntityManager } from 'typeorm';
import type { PersonId } from './personal-data.js';

/** Who was told what of somebody, and by which operation of the API. */
export interface LookAt {
  /** The id of whoever asked. */
  readonly actorId: string;
  /** A category of `PersonalData`. */
  readonly category: string;
  readonly operation: string;
}

/** Keeps who has looked at whose data; module `privacy` does it. It is a port so that `identity`, which stands before `privacy`, can tell it too. */
export abstract class Looks {
  /** Notes that somebody is about to be told data of these people; in one statement. */
  abstract note(db: EntityManager, look: LookAt, people: readonly PersonId[]): Promise<void>;
}
