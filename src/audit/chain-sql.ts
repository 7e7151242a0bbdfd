import { type Parts, PARTS } from './chain.rules.js';

/** What the parts of the row `entry` of `audit_entry` are as texts. Instants and bytes are written so that every server writes them alike. */
const TEXT_OF: Readonly<Record<keyof Parts, string>> = {
  id: 'CAST(entry.id AS CHAR)',
  actor: 'entry.actor',
  kind: 'entry.kind',
  subjectType: 'entry.subject_type',
  subjectId: 'HEX(entry.subject_id)',
  reason: 'entry.reason',
  before: 'entry.facts_before',
  after: 'entry.facts_after',
  request: 'entry.request',
  actedAt: `DATE_FORMAT(entry.acted_at, '%Y-%m-%dT%H:%i:%s.%f')`,
  recordedAt: `DATE_FORMAT(entry.recorded_at, '%Y-%m-%dT%H:%i:%s.%f')`,
};

/** SQL for the parts of the row `entry`, as columns. */
export const PART_COLUMNS = PARTS.map((name) => `${TEXT_OF[name]} AS \`${name}\``).join(', ');

const FRAMED = PARTS.map((name) => TEXT_OF[name]).map(
  (part) => `COALESCE(CONCAT(OCTET_LENGTH(CONVERT(${part} USING utf8mb4)), ':', CONVERT(${part} USING utf8mb4)), '-')`,
);

/** SQL for the hash of the row `entry` of `audit_entry`: SHA-256 of its canonical form, as bytes. */
export const ENTRY_HASH = `UNHEX(SHA2(CONCAT(${FRAMED.join(', ')}), 256))`;

/** SQL for the hash of the link of the row `entry` that follows a link of this hash; the same as `linkHash`. */
export function linkHashAfter(previousHash: string): string {
  return `UNHEX(SHA2(CONCAT(${previousHash}, ${ENTRY_HASH}), 256))`;
}
