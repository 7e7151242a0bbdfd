import type { ConsentPurpose } from '#common';
import { versionOf } from './purposes.js';

/**
 * An SQL condition: a person agrees to a purpose, to the text as it is today. It reads one entry of an index for each row.
 *
 * @param user the person’s id as the query writes it
 */
export function hasAgreed(user: string, purpose: ConsentPurpose): string {
  return `(SELECT CONCAT(kind, version) FROM consent WHERE user_id = ${user} AND purpose = '${purpose}' ORDER BY id DESC LIMIT 1) = 'GIVEN${versionOf(purpose)}'`;
}
