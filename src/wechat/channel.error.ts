import type { SignatureRejected } from './crypto.js';

/**
 * Whether the channel acted on the request that failed.
 *
 * `REFUSED`: it said no and did nothing. That is about this request only: an earlier one with the same number may still stand.
 * `UNKNOWN`: it may have acted. Ask again with the same number; a new number could do the same thing twice.
 */
export type ChannelOutcome = 'REFUSED' | 'UNKNOWN';

/** What was asked and what is known of the answer: enough to find the exchange in the channel's own log. */
export interface Exchange {
  /** Method and path. Never the query, which carries secrets. */
  readonly call: string;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
}

export interface ChannelFailure {
  readonly code: string;
  readonly outcome: ChannelOutcome;
  readonly detail?: string | null;
  readonly cause?: unknown;
}

/** Refusals that pass by themselves: rate limits of both APIs, and a merchant balance that is too low to refund from. */
const PASSING_REFUSALS: ReadonlySet<string> = new Set([
  'FREQUENCYLIMITED',
  'RATELIMITEXCEEDED',
  'NOTENOUGH',
  '44990',
  '44991',
  '45009',
  '45011',
]);

/** The channel did not do what we asked, or we cannot tell. Its message carries the Request-ID and no secret. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  readonly outcome: ChannelOutcome;

  /**
   * The channel's code in upper case and without underscores, because old and new pages spell the same code differently:
   * `ORDERNOTEXIST`. A mini-program errcode is its digits: `40029`. Ours are `NETWORK`, `TIMEOUT`, `BAD_SIGNATURE` and `BAD_REPLY`.
   */
  readonly code: string;

  /** True if the same request, unchanged, may succeed later. */
  readonly isRetryable: boolean;

  constructor(exchange: Exchange, failure: ChannelFailure) {
    super(describe(exchange, failure), { cause: failure.cause });
    this.httpStatus = exchange.httpStatus;
    this.requestId = exchange.requestId;
    this.outcome = failure.outcome;
    this.code = failure.code;
    this.isRetryable =
      failure.outcome === 'UNKNOWN' || exchange.httpStatus === 429 || PASSING_REFUSALS.has(failure.code);
  }
}

/** A reply that the channel did not sign, or so it seems: it may have acted all the same. */
export function badSignature(exchange: Exchange, cause: SignatureRejected): ChannelError {
  return new ChannelError(exchange, { code: 'BAD_SIGNATURE', outcome: 'UNKNOWN', detail: cause.fault, cause });
}

/** The code of a refusal that can be acted on, or null: only a `REFUSED` outcome proves what the channel knows. */
export function refusalCode(error: unknown): string | null {
  return error instanceof ChannelError && error.outcome === 'REFUSED' ? error.code : null;
}

function describe({ call, httpStatus, requestId }: Exchange, { code, detail }: ChannelFailure): string {
  const reply = httpStatus === null ? 'no reply' : `HTTP ${httpStatus}`;
  return `${call}: ${code}${detail ? ` ${detail}` : ''} (${reply}, Request-ID ${requestId ?? 'none'})`;
}
