import fc from 'fast-check';

const THROWS = 8;
const SIDES = 1_000;

/** Chance, thrown beforehand, so that a run can be repeated and made smaller. */
export class Dice {
  #thrown = 0;

  constructor(private readonly throws: readonly number[]) {}

  /** Begins from the first throw again. */
  takeBack(): void {
    this.#thrown = 0;
  }

  /** One of them; null if there are none. */
  oneOf<Item>(items: readonly Item[]): Item | null {
    return items[this.#next() % Math.max(items.length, 1)] ?? null;
  }

  /** One of at least one. */
  pick<Item>(...items: readonly [Item, ...Item[]]): Item {
    return items[this.#next() % items.length]!;
  }

  /** True about so many times in a hundred; the smallest case is false. */
  happens(percent: number): boolean {
    return this.#next() >= (SIDES * (100 - percent)) / 100;
  }

  #next(): number {
    const thrown = this.throws[this.#thrown];
    if (thrown === undefined) throw new Error(`more than ${THROWS} throws of the dice`);
    this.#thrown += 1;
    return thrown;
  }
}

/** They are not made smaller: fewer commands are, and they say what they did. */
export function dice(): fc.Arbitrary<Dice> {
  const throws = fc.array(fc.noBias(fc.nat(SIDES - 1)), { minLength: THROWS, maxLength: THROWS });
  return fc.noShrink(throws).map((thrown) => new Dice(thrown));
}
