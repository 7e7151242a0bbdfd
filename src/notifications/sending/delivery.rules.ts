import { secondsAfter, stateMachine } from '#common';
import type { SendResult } from '#wechat';
import type { KindTerms } from '../kinds/kinds.js';
import type { DeliveryStatus, DropReason } from './message-delivery.entity.js';
import { nextLoudAt, type QuietHours } from './quiet.rules.js';

/** UNKNOWN ends it as well, unless WeChat tells later that it was delivered: a lost message is better than two. */
export const deliveryLife = stateMachine<DeliveryStatus>({
  WAITING: ['SENDING', 'DROPPED'],
  SENDING: ['SENT', 'REFUSED', 'UNKNOWN', 'WAITING'],
  UNKNOWN: ['SENT'],
  SENT: [],
  REFUSED: [],
  DROPPED: [],
});

/** What decides whether a message is sent now, all of it read under the person's lock. */
export interface Circumstances {
  readonly terms: Pick<KindTerms, 'passesQuietHours' | 'perDayMax'>;
  readonly staleAt: Date;
  /** Whether the person has an account that is neither disabled nor erased. */
  readonly isActive: boolean;
  /** Whether the person wants messages of this kind. */
  readonly isOn: boolean;
  /** Whether WeChat would take one, as far as we know. */
  readonly hasGrant: boolean;
  /** How many the person was sent in the last 24 hours, of all kinds and of this one. */
  readonly sent: { readonly all: number; readonly ofKind: number };
  readonly shop: { readonly perDayMax: number; readonly quiet: QuietHours; readonly timeZone: string };
}

export type Decision = 'SEND' | { readonly waitUntil: Date } | { readonly drop: DropReason };

/** What to do about a message at `now`. Whatever ends it comes before whatever makes it wait. */
export function decide({ terms, ...it }: Circumstances, now: Date): Decision {
  if (!it.isActive) return { drop: 'GONE' };
  if (!it.isOn) return { drop: 'SWITCHED_OFF' };
  const { perDayMax, quiet, timeZone } = it.shop;
  const loudAt = terms.passesQuietHours ? now : nextLoudAt(now, quiet, timeZone);
  if (loudAt > it.staleAt) return { drop: 'STALE' };
  if (loudAt > now) return { waitUntil: loudAt };
  if (it.sent.all >= perDayMax || it.sent.ofKind >= terms.perDayMax) return { drop: 'TOO_MANY' };
  return it.hasGrant ? 'SEND' : { drop: 'NO_GRANT' };
}

/** What becomes of the grant that was taken: it is used up, it is given back, or WeChat says that there is none at all. */
export type GrantFate = 'USED' | 'RETURNED' | 'VOID';

/** The person has taken back what was allowed, or used it up; our count was wrong. */
const NO_GRANT_AT_WECHAT = '43101';
/** What is about the message as it is: the openid, the template, the page, a template that is banned, a field. Anything else may pass, or be put right by us. */
const OF_THE_MESSAGE: ReadonlySet<string> = new Set(['40003', '40037', '41030', '43107', '47003']);
/** When to try again after so many other refusals, and no more often. */
const RETRY_SECONDS = [60, 300, 900, 3_600] as const;

/** Where an answer leads. One that leaves open whether the message was sent is never asked again. */
export function outcomeOf(
  result: SendResult,
  failures: number,
): { readonly status: DeliveryStatus; readonly grant: GrantFate; readonly retrySeconds: number } {
  const retrySeconds = RETRY_SECONDS[Math.min(failures, RETRY_SECONDS.length - 1)] ?? 0;
  if (result.kind !== 'NOT_SENT') return { status: result.kind, grant: 'USED', retrySeconds };
  if (result.code === NO_GRANT_AT_WECHAT) return { status: 'REFUSED', grant: 'VOID', retrySeconds };
  return { status: OF_THE_MESSAGE.has(result.code) ? 'REFUSED' : 'WAITING', grant: 'RETURNED', retrySeconds };
}

const HOUR_SECONDS = 3_600;

/** After which a message of a kind is pointless. */
export function staleAtOf({ staleHours }: Pick<KindTerms, 'staleHours'>, createdAt: Date): Date {
  return secondsAfter(createdAt, staleHours * HOUR_SECONDS);
}
