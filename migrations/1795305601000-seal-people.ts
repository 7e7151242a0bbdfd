import type { MigrationInterface, QueryRunner } from 'typeorm';
import { sealPeople, unsealPeople } from './seal-people.js';

/**
 * The second step: seals what is in plain. If there is anybody to seal it needs DATA_KEYS and DATA_INDEX_KEY from the environment, as the
 * server does; if it is cut short, the next run goes on where this one stopped.
 */
export class SealPeople1795305601000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await sealPeople(db, process.env);
  }

  async down(db: QueryRunner): Promise<void> {
    await unsealPeople(db, process.env);
  }
}
