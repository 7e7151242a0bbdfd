import type { Arbitrary, AsyncCommand } from 'fast-check';
import { expectAsPromised } from './compare.js';
import { type Dice, dice } from './dice.js';
import type { Figures } from './figures.js';
import type { Model } from './promises/model.js';
import type { World } from './world.js';

/** A run: the shop, the model beside it, and what is noted of both. */
export interface Run {
  readonly world: World;
  readonly figures: Figures;
  /** What was done so far, in words. */
  readonly trace: string[];
}

/** One kind of thing that can happen. */
export interface Kind<Target> {
  readonly name: string;
  /** The mutations that it sends; none if it is no person who acts. */
  readonly mutations: readonly string[];
  /** How often it is drawn, compared with the others. */
  readonly weight: number;
  /** Whom and what it is about; null if there is nobody and nothing. */
  readonly choose: (model: Model, dice: Dice) => Target | null;
  readonly tell: (target: Target) => string;
  /** Does it, foretells the answer, compares, and lets the model follow. */
  readonly act: (target: Target, model: Model, run: Run) => Promise<string>;
}

/** Something that happens; which, and to whom, is decided by the dice when its turn comes. */
class Step<Target> implements AsyncCommand<Model, Run> {
  constructor(
    private readonly kind: Kind<Target>,
    private readonly dice: Dice,
  ) {}

  check(model: Readonly<Model>): boolean {
    // fast-check promises only not to change it.
    return this.#choose(model as Model) !== null;
  }

  async run(model: Model, run: Run): Promise<void> {
    const target = this.#choose(model);
    if (target === null) throw new Error(`there is nothing to ${this.kind.name} any more`);
    const told = this.kind.tell(target);
    const place = run.trace.push(told) - 1;
    const answer = await this.kind.act(target, model, run);
    run.trace[place] = `${told} -> ${answer}`;
    run.figures.count(this.kind.name, answer);
    await expectAsPromised(model, run.world);
  }

  toString(): string {
    return this.kind.name;
  }

  #choose(model: Model): Target | null {
    this.dice.takeBack();
    return this.kind.choose(model, this.dice);
  }
}

/** A kind whatever it is about. */
export interface Drawn {
  readonly name: string;
  readonly mutations: readonly string[];
  readonly steps: readonly Arbitrary<AsyncCommand<Model, Run>>[];
}

/** What a kind is drawn from: its steps, as often as its weight says. */
export function drawn<Target>(kind: Kind<Target>): Drawn {
  const step = dice().map((thrown) => new Step(kind, thrown));
  return { name: kind.name, mutations: kind.mutations, steps: Array.from({ length: kind.weight }, () => step) };
}
