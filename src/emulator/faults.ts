/** Everything that can be made to go wrong: what our side asks, and what WeChat tells. */
export const REQUESTS = ['login', 'token', 'prepay', 'query', 'close', 'refund', 'query_refund'] as const;
export const NOTICES = ['pay_notify', 'refund_notify'] as const;
export type RequestOperation = (typeof REQUESTS)[number];
export type NoticeOperation = (typeof NOTICES)[number];
export type Operation = RequestOperation | NoticeOperation;
export const OPERATIONS: readonly Operation[] = [...REQUESTS, ...NOTICES];

/**
 * How it goes wrong.
 * - `timeout_before`, `timeout_after`: never answers and cuts the connection; the second one does what was asked first.
 * - `error_500`, `error_429`: refuses and does nothing.
 * - `delay`: does it, and answers late; a notification is sent late.
 * - `bad_signature`: well formed, but over other bytes.
 * - `wrong_amount`: every amount it tells is one fen too high.
 * - `repeat`: the notification arrives twice at once.
 * - `lose`: this delivery vanishes on the way; the retry plan goes on.
 */
export type FaultKind =
  | 'timeout_after'
  | 'timeout_before'
  | 'error_500'
  | 'error_429'
  | 'bad_signature'
  | 'repeat'
  | 'delay'
  | 'lose'
  | 'wrong_amount';

const UNANSWERED: readonly FaultKind[] = ['timeout_after', 'timeout_before', 'error_500', 'error_429', 'delay'];
const SIGNED: readonly FaultKind[] = [...UNANSWERED, 'bad_signature'];
const NOTIFIED: readonly FaultKind[] = ['repeat', 'delay', 'lose', 'bad_signature', 'wrong_amount'];

/** What can go wrong with each operation: only Pay signs, and only some replies tell an amount. */
export const KINDS: Readonly<Record<Operation, readonly FaultKind[]>> = {
  login: UNANSWERED,
  token: UNANSWERED,
  prepay: SIGNED,
  close: SIGNED,
  query: [...SIGNED, 'wrong_amount'],
  refund: [...SIGNED, 'wrong_amount'],
  query_refund: [...SIGNED, 'wrong_amount'],
  pay_notify: NOTIFIED,
  refund_notify: NOTIFIED,
};

export interface Fault {
  readonly operation: Operation;
  readonly kind: FaultKind;
  readonly delayMs: number;
  /** How many more requests or deliveries it will strike. */
  readonly times: number;
}

/** The faults that are armed. They belong to whoever tests, not to WeChat, so a restart forgets them. */
export class Faults {
  #armed: readonly Fault[] = [];

  /** Faults of one operation strike in the order they were armed. */
  arm(fault: Fault): void {
    this.#armed = [...this.#armed, fault];
  }

  list(): readonly Fault[] {
    return this.#armed;
  }

  clear(): void {
    this.#armed = [];
  }

  /** The fault that strikes this one request or delivery, if one is armed; it is used up by the asking. */
  strike(operation: Operation): Fault | undefined {
    const fault = this.#armed.find((armed) => armed.operation === operation);
    if (fault) {
      this.#armed = this.#armed
        .map((armed) => (armed === fault ? { ...armed, times: armed.times - 1 } : armed))
        .filter(({ times }) => times > 0);
    }
    return fault;
  }
}

/** The same content with every number under `amount` one fen too high. */
export function misstated(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || !('amount' in content)) return content;
  const amount = Object.entries(content.amount as Record<string, unknown>);
  return {
    ...content,
    amount: Object.fromEntries(amount.map(([name, value]) => [name, typeof value === 'number' ? value + 1 : value])),
  };
}
