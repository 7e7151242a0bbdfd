import { secondsAfter } from '#common';
import type { ArtifactKind, ShareArtifact } from './artifact.entity.js';
import { CODE_WIDTH, CODE_WIDTHS, type QuotaKind, RENEW_BEFORE_SECONDS } from './sharing.limits.js';

/** What whoever wants a code or link does next. */
export type Step =
  /** Take it as it is. */
  | 'USE'
  /** Ask WeChat. */
  | 'MAKE'
  /** Look again: another request is asking. */
  | 'WAIT'
  /** Come back later: WeChat has just failed. */
  | 'REST';

/** What is to be done about a code or link; a link that ends soon is made anew, and serves as long as it lives if that does not work at once. */
export function stepAt(
  { address, expiresAt, leaseUntil, problem }: Pick<ShareArtifact, 'address' | 'expiresAt' | 'leaseUntil' | 'problem'>,
  now: Date,
): Step {
  const livesAt = (instant: Date): boolean => address !== null && (expiresAt === null || expiresAt > instant);
  if (livesAt(secondsAfter(now, RENEW_BEFORE_SECONDS))) return 'USE';
  if (leaseUntil === null || leaseUntil <= now) return 'MAKE';
  if (livesAt(now)) return 'USE';
  return problem === null ? 'WAIT' : 'REST';
}

const QUOTA_OF: Readonly<Record<ArtifactKind, QuotaKind>> = {
  CODE: 'CODE',
  URL_LINK: 'LINK',
  SCHEME: 'LINK',
  SHORT_LINK: 'SHORT_LINK',
};

/** By which of WeChat's quotas it is counted. */
export function quotaOf(kind: ArtifactKind): QuotaKind {
  return QUOTA_OF[kind];
}

/** The width in which a code is made: of a few, the narrowest that is at least as wide as asked, so that a picture is made once for many sizes. */
export function codeWidth(asked: number | null): number {
  return CODE_WIDTHS.find((width) => width >= (asked ?? CODE_WIDTH)) ?? Math.max(...CODE_WIDTHS);
}
