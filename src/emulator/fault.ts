import type { FaultKind, Operation } from './fault.kinds.js';
import type { RefusalCode } from './refusals.js';

/** One thing that goes wrong. */
export interface Fault {
  readonly operation: Operation;
  readonly kind: FaultKind;
  /** With which code a `refuse` says no. */
  readonly code?: RefusalCode;
  readonly delayMs: number;
  /** How many more requests or deliveries it will strike. */
  readonly times: number;
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
