import { Refused } from '#common';
import type { Answer } from './party.js';
import type { Ground } from './ground.js';
import type { Run } from './interleaver.js';
import type { Encounter, Pair } from './pair.js';
import { portray, type Portrait, sinceNow, unlike } from './portrait.js';
import { complaint } from './interleaved.js';
import { course, drawnByLot, furtherInterrupted, preemptive, type Preemptive, type Schedule } from './schedule.js';
import { randomNumbers } from '../../../src/cli/replay/random.js';

/** How much of a pair is tried. */
export interface Effort {
  /** How many of the schedules with one or two interruptions: all of them, or so many of each, drawn by lot. */
  readonly interrupted: number | 'ALL';
  readonly drawnByLot: number;
  readonly seed: number;
  /** One course alone, to look at. */
  readonly course?: string;
}

const PREEMPTIONS_MAX = 2;
const PREPARED_AT_ONCE = 8;
/** So that neighbouring seeds draw nothing twice. */
const SEEDS_APART = 1_000_000;

/** What was seen of a pair. */
export interface Proof {
  readonly schedules: number;
  readonly statements: number;
  readonly lockWaits: number;
  /** The legal ends, and how many schedules came to each. */
  readonly ends: readonly { readonly answers: readonly [string, string]; readonly times: number }[];
}

interface Met<S extends Schedule> {
  readonly schedule: S;
  readonly run: Run;
  readonly portrait: Portrait;
  readonly answers: string;
}

/**
 * Tries a pair under many schedules, each on fresh rows. Whatever the schedule, the rows must end as if one had acted after the other,
 * in either order, and the end must be among those that the pair calls legal.
 *
 * @throws Interleaved with the schedule, its course and the statements
 */
export class Prover {
  #schedules = 0;
  #statements = 0;
  #lockWaits = 0;
  readonly #times: number[];
  readonly #inARow: Portrait[] = [];

  constructor(
    private readonly ground: Ground,
    private readonly pair: Pair,
    private readonly effort: Effort,
  ) {
    this.#times = pair.ends.map(() => 0);
  }

  async prove(): Promise<Proof> {
    const inARow = await this.#tryAll([preemptive(0), preemptive(1)]);
    this.#inARow.push(...inARow.map(({ portrait }) => portrait));
    const { course: only, seed, drawnByLot: draws } = this.effort;
    if (only !== undefined) await this.#tryAll([course(only)]);
    else {
      await this.#interrupt(inARow);
      await this.#tryAll(Array.from({ length: draws }, (_, draw) => drawnByLot(seed * SEEDS_APART + draw)));
    }
    const ends = this.pair.ends.map(({ answers }, index) => ({ answers, times: this.#times[index] ?? 0 }));
    return { schedules: this.#schedules, statements: this.#statements, lockWaits: this.#lockWaits, ends };
  }

  async #interrupt(inARow: readonly Met<Preemptive>[]): Promise<void> {
    let latest = inARow;
    for (let preemptions = 1; preemptions <= PREEMPTIONS_MAX; preemptions += 1) {
      const all = latest.flatMap(({ schedule, run: { steps } }) => furtherInterrupted(schedule, steps));
      latest = await this.#tryAll(this.#some(all));
    }
  }

  #some(schedules: readonly Preemptive[]): readonly Preemptive[] {
    const { interrupted, seed } = this.effort;
    if (interrupted === 'ALL') return schedules;
    const random = randomNumbers(seed + schedules.length);
    return schedules
      .map((schedule) => ({ schedule, lot: random() }))
      .toSorted((a, b) => a.lot - b.lot)
      .slice(0, interrupted)
      .map(({ schedule }) => schedule);
  }

  /** Encounters are prepared some at a time, because it takes longer than to run them; they are run one by one. */
  async #tryAll<S extends Schedule>(schedules: readonly S[]): Promise<Met<S>[]> {
    const met: Met<S>[] = [];
    for (let start = 0; start < schedules.length; start += PREPARED_AT_ONCE) {
      const some = schedules.slice(start, start + PREPARED_AT_ONCE);
      const encounters = await Promise.all(some.map(() => this.pair.prepare(this.ground)));
      for (const [index, schedule] of some.entries()) met.push(await this.#try(schedule, encounters[index]!));
    }
    return met;
  }

  async #try<S extends Schedule>(schedule: S, { people, goods, works }: Encounter): Promise<Met<S>> {
    const { shop } = this.ground;
    const since = await sinceNow(shop);
    const run = await this.ground.interleaver.run(works, schedule);
    await this.ground.rewind();
    const portrait = await portray(shop, people, goods, since);
    const [first, second] = run.answers.map((answer) => this.#nameOf(schedule, run, answer));
    const met = { schedule, run, portrait, answers: `${first} / ${second}` };
    if (this.#inARow.length > 0) this.#expectAnOrder(met);
    this.#expectLegalEnd(met);
    this.#schedules += 1;
    this.#statements += run.steps.length;
    this.#lockWaits += run.lockWaits;
    return met;
  }

  /** The end must be one of those that the pair calls legal. */
  #expectLegalEnd({ schedule, run, portrait, answers: given }: Met<Schedule>): void {
    const end = this.pair.ends.findIndex(
      ({ answers, rows }) => answers.join(' / ') === given && rows.every((row) => portrait.includes(row)),
    );
    if (end < 0) throw complaint(this.pair, schedule, run, [`an end that is not legal: ${given}`, ...portrait]);
    this.#times[end]! += 1;
  }

  /** The rows must be those that one of the two orders leaves. */
  #expectAnOrder({ schedule, run, portrait }: Met<Schedule>): void {
    if (this.#inARow.some((legal) => legal.join('\n') === portrait.join('\n'))) return;
    const differences = this.#inARow.flatMap((legal, first) => [
      `with ${first} first there would be:`,
      ...unlike(legal, portrait),
      'instead of:',
      ...unlike(portrait, legal),
    ]);
    throw complaint(this.pair, schedule, run, ['rows that no order of the two could leave', ...differences]);
  }

  #nameOf(schedule: Schedule, run: Run, answer: Answer): string {
    if ('value' in answer) return answer.value instanceof Object ? answer.value.constructor.name : 'nothing';
    if (answer.error instanceof Refused) return answer.error.refusal.constructor.name;
    throw complaint(this.pair, schedule, run, [`a failure: ${String(answer.error)}`], answer.error);
  }
}
