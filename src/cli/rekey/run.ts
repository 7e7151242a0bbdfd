import type { DataSource } from 'typeorm';
import { type AuditTrail, type Decision, defineAct, newId, sealedPlaces, type Vault } from '#common';
import { resealColumn } from './reseal.js';

/** Personal data was sealed anew; each run is a subject of its own. */
const dataResealed = defineAct('cli.dataResealed', 'rekey');

export interface Rekeying {
  readonly source: DataSource;
  readonly vault: Vault;
  readonly trail: AuditTrail;
  /** Hears how far it is. */
  readonly say: (line: string) => void;
  /** Hears of each value that cannot be opened. */
  readonly complain: (line: string) => void;
}

/**
 * Seals every value of every sealed column under the newest key. It is put on record before it begins, because it may be cut short.
 *
 * @returns how many values cannot be opened
 */
export async function rekey({ source, vault, trail, say, complain }: Rekeying, decision: Decision): Promise<number> {
  const places = sealedPlaces(source);
  await trail.record(source.manager, dataResealed, {
    ...{ subject: newId('rekey'), before: {}, ...decision },
    after: { key: vault.newestKeyId, columns: places.map(({ name }) => name) },
  });
  let brokenValues = 0;
  for (const place of places) {
    const { resealed, broken } = await resealColumn(source, vault, place, (done) => {
      say(`${place.name}: ${done} ...`);
    });
    for (const why of broken) complain(why);
    say(`${place.name}: ${resealed} sealed under key ${vault.newestKeyId}`);
    brokenValues += broken.length;
  }
  return brokenValues;
}
