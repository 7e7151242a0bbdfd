import type { SkuId } from '#catalog';
import type { RequestOperation } from '../../../../src/emulator/fault.kinds.js';
import type { Case } from './cases.js';
import type { Template } from './freight.js';
import type { Colleague, Person, Picture } from './people.js';
import type { ModelCategory, Shelf } from './shelf.js';
import type { Accepted, Attempt, Capture, Effect, Fault, Offer, Purchase, Refund, Team } from './records.js';

/** What people were promised so far. */
export class Model {
  readonly people: Person[] = [];
  readonly offers: Offer[] = [];
  readonly teams: Team[] = [];
  readonly purchases: Purchase[] = [];
  readonly templates: Template[] = [];
  readonly accepted: Accepted[] = [];
  /** What the staff have made last besides. */
  shelf: Shelf | null = null;
  categories: ModelCategory[] = [];
  /** Under which scene each shares the goods. */
  readonly scenes = new Map<Person, string>();
  colleague: Colleague | null = null;
  /** When a worker last looked whether everything holds. */
  lookedAt = -Infinity;
  /** What goes wrong at the channel's next request of a kind. */
  readonly faults = new Map<RequestOperation, Fault>();
  /** What waits for work to be done, in order. */
  pending: Effect[] = [];
  /** What follows at once from the work that is being done. */
  #following: Effect[] | null = null;
  #turns = 0;

  constructor(
    public now: number,
    readonly goods: {
      readonly productId: string;
      readonly supplierId: string;
      readonly skuId: SkuId;
      priceMinor: number;
      unitsInAll: number;
      unitsFree: number;
      /** How they are sent, and what a unit weighs. */
      template: Template | null;
      unitGrams: number | null;
      /** How many units may be bought alone. */
      unitsPerOrder: number | null;
      unitsPerBuyer: number | null;
      isOnSale: boolean;
    },
  ) {}

  /** Counts waits as they begin. */
  nextTurn(): number {
    this.#turns += 1;
    return this.#turns;
  }

  /** Promises something for when work is done. */
  later(about: Purchase | null, happen: () => unknown): void {
    (this.#following ?? this.pending).push({ at: this.now, about, happen });
  }

  /** Lets something happen, and everything that follows from it. */
  happen(effect: Effect): void {
    const following = [effect];
    this.#following = following;
    for (let next = following.shift(); next; next = following.shift()) next.happen();
    this.#following = null;
  }

  /** What goes wrong with this request, if something was armed for it. */
  strike(operation: RequestOperation): Fault | null {
    const fault = this.faults.get(operation) ?? null;
    this.faults.delete(operation);
    return fault;
  }

  /** What a server counts of attempts is gone with it. */
  forgetAttempts(): void {
    if (this.colleague) this.colleague.failures = 0;
    for (const person of this.people) {
      person.logins = 0;
      person.contact.codes = 0;
    }
  }

  get pictures(): Picture[] {
    return this.people.flatMap(({ album }) => album.pictures);
  }

  /** In the order in which they were applied for, which is that of their ids. */
  get cases(): Case[] {
    return this.purchases.flatMap(({ cases }) => cases).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  get captures(): Capture[] {
    return this.purchases.flatMap(({ attempts }) => attempts.flatMap(({ captures }) => captures));
  }

  get refunds(): Refund[] {
    return this.captures.flatMap(({ refunds }) => refunds);
  }
}

export function newest({ attempts }: Purchase): Attempt | null {
  return attempts.at(-1) ?? null;
}
