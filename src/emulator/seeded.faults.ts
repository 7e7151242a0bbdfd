import { createHash } from 'node:crypto';
import { type FaultKind, KINDS, type Operation, OPERATIONS } from './fault.kinds.js';
import type { Fault } from './fault.js';
import { codesOf } from './refusals.js';

const DELAY_MS_MAX = 2_000;
const UINT32_VALUES = 2 ** 32;

/** Kinds after which the two sides' books may differ for good; they strike at random only when they are asked for by name. */
const LASTING: readonly FaultKind[] = [
  'closed',
  'abnormal',
  'stuck',
  'refuse',
  'wrong_amount',
  'row_missing',
  'row_extra',
  'amount_changed',
  'state_changed',
  'fee_changed',
];

/** How often, where and how things go wrong by themselves. */
export interface FaultPlan {
  readonly seed: number;
  /** Of all requests and deliveries, how many are struck: 0 none, 1 all. */
  readonly rate: number;
  readonly operations: readonly Operation[];
  readonly kinds: readonly FaultKind[];
}

/** Everything that can go wrong with these operations. */
export function kindsOf(operations: readonly Operation[]): readonly FaultKind[] {
  return Array.from(new Set(operations.flatMap((operation) => KINDS[operation])));
}

/** A plan for everything, with every kind that leaves the books whole. */
export function planOf(seed: number, rate: number, operations: readonly Operation[] = OPERATIONS): FaultPlan {
  const kinds = kindsOf(operations).filter((kind) => !LASTING.includes(kind));
  return { seed, rate, operations, kinds };
}

/**
 * Faults by rate. What strikes the nth request of an operation follows from the seed, the operation and n alone, so it stays
 * the same however the operations are interleaved. The generator is SHA-256 over a counter.
 */
export class SeededFaults {
  readonly #asked = new Map<Operation, number>();
  readonly #struck = new Map<Operation, number>();

  constructor(readonly plan: FaultPlan) {}

  /** How many requests or deliveries of each operation were struck. */
  get struck(): Readonly<Partial<Record<Operation, number>>> {
    return Object.fromEntries(this.#struck);
  }

  /** What strikes the next request or delivery of this operation, if anything does. */
  strike(operation: Operation): Fault | undefined {
    const { rate, operations, kinds } = this.plan;
    const [chance, which, how] = this.#draw(operation);
    const possible = KINDS[operation].filter((kind) => kinds.includes(kind));
    const kind = possible[which % possible.length];
    if (!operations.includes(operation) || kind === undefined || chance / UINT32_VALUES >= rate) return undefined;

    this.#struck.set(operation, (this.#struck.get(operation) ?? 0) + 1);
    const code = kind === 'refuse' ? codesOf(operation)[how % codesOf(operation).length] : undefined;
    return { operation, kind, ...(code && { code }), delayMs: how % (DELAY_MS_MAX + 1), times: 1 };
  }

  #draw(operation: Operation): [chance: number, which: number, how: number] {
    const count = this.#asked.get(operation) ?? 0;
    this.#asked.set(operation, count + 1);
    const bytes = createHash('sha256').update(`${this.plan.seed}:${operation}:${count}`).digest();
    return [bytes.readUInt32BE(0), bytes.readUInt32BE(4), bytes.readUInt32BE(8)];
  }
}
