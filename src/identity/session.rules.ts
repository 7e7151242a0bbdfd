import { secondsAfter } from '#common';
import type { Session } from './session.entity.js';

/** How long the token before the last rotation still works: parallel requests and lost answers on a phone's network. */
export const REFRESH_GRACE_SECONDS = 30;

/** REPEAT: the token was replaced a moment ago, so the answer is given once more and nothing changes. */
export type RefreshVerdict = 'ROTATE' | 'REPEAT' | 'REUSED' | 'ENDED';

/**
 * What a refresh token is worth at `now`. A token that was rotated away long ago is in the wrong hands or the right person's successor is:
 * nobody can tell which, so the session ends for both (RFC 9700 4.14.2).
 */
export function refreshVerdict(session: Session, tokenHash: Buffer, now: Date): RefreshVerdict {
  if (session.revokedAt || now >= session.expiresAt) return 'ENDED';
  if (session.refreshHash.equals(tokenHash)) return 'ROTATE';
  const isInGrace = now < secondsAfter(session.rotatedAt, REFRESH_GRACE_SECONDS);
  return isInGrace && session.previousHash?.equals(tokenHash) ? 'REPEAT' : 'REUSED';
}

/** Whether the token was given to this session's phone, be it the last one or the one before. Whoever has it did not guess. */
export function isOwnToken({ refreshHash, previousHash }: Session, tokenHash: Buffer): boolean {
  return refreshHash.equals(tokenHash) || previousHash?.equals(tokenHash) === true;
}
