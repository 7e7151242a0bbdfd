import type { EntityManager } from 'typeorm';
import { idBytes, type PersonId, refuse } from '#common';
import type { ShareArtifact } from './artifact.entity.js';
import { quotaOf } from './artifact.rules.js';
import { secondsUntil, windowOf } from './quota.rules.js';
import { type QuotaKind, QUOTAS } from './sharing.limits.js';
import { ShareLimitReached, ShareTryLater } from './sharing.refusals.js';

/** Whose count it is that is not a person's. */
const SHOP = Buffer.alloc(16);

/**
 * Counts a call to WeChat before it is made, for the shop and for whoever wants it, as part of the caller's transaction.
 *
 * @throws Refused with ShareTryLater when WeChat makes no more in this window, with ShareLimitReached when the person had enough today
 */
export async function spendCall(
  db: EntityManager,
  { id, kind }: Pick<ShareArtifact, 'id' | 'kind'>,
  makerId: PersonId,
  now: Date,
): Promise<void> {
  const quota = quotaOf(kind);
  const day = windowOf('PERSON', now);
  if (!(await count(db, 'PERSON', idBytes(makerId), now)))
    refuse(new ShareLimitReached(QUOTAS.PERSON.callsMax, secondsUntil(day.endsAt, now)));
  const window = windowOf(quota, now);
  if (!(await count(db, quota, SHOP, now))) refuse(new ShareTryLater(secondsUntil(window.endsAt, now)));
  await db.query('INSERT INTO share_call (artifact_id, kind, starts_at, called_at) VALUES (?, ?, ?, ?)', [
    ...[idBytes(id), quota, window.startsAt, now],
  ]);
}

/** Whether one more is allowed in the window of this instant; if so it is counted. The update is the guard, so that two cannot both be the last. */
async function count(db: EntityManager, kind: QuotaKind, holder: Buffer, now: Date): Promise<boolean> {
  const { startsAt } = windowOf(kind, now);
  await db.query(
    'INSERT INTO share_quota (kind, holder_id, starts_at, used) VALUES (?, ?, ?, 0) ON DUPLICATE KEY UPDATE used = used',
    [kind, holder, startsAt],
  );
  const { affectedRows } = await db.query<{ affectedRows: number }>(
    'UPDATE share_quota SET used = used + 1 WHERE kind = ? AND holder_id = ? AND starts_at = ? AND used < ?',
    [kind, holder, startsAt, QUOTAS[kind].callsMax],
  );
  return affectedRows === 1;
}
