import type { INestApplicationContext } from '@nestjs/common';

/** Something measured. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The bar: a greater value is a failure. */
  readonly max: number;
}

export interface BenchCase {
  readonly name: string;
  /** Fills the empty database as it needs it, and measures. */
  readonly measure: (app: INestApplicationContext, say: (line: string) => void) => Promise<readonly Figure[]>;
}

/** Runs cases one after the other and prints each figure as it is known. */
export async function bench(app: INestApplicationContext, cases: readonly BenchCase[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { measure } of cases) {
    for (const figure of await measure(app, (line) => process.stderr.write(`${line}\n`))) {
      process.stdout.write(`${lineOf(figure)}\n`);
      figures.push(figure);
    }
  }
  return figures;
}

export function isMissed({ value, max }: Figure): boolean {
  return value > max;
}

/** The line that other tools read. */
export function lineOf({ name, value, unit }: Figure): string {
  return `bench ${name} ${value.toFixed(1)} ${unit}`;
}
