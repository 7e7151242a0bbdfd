import { parseArgs } from 'node:util';

/** So many bugs of all, others for each seed. */
export interface Rotation {
  readonly count: number;
  readonly seed: number;
}

export interface ProveOptions {
  /** Words that stand in the names of the bugs; null for all. */
  readonly only: string | null;
  readonly rotation: Rotation | null;
  /** Nothing is run. */
  readonly isListing: boolean;
}

export const USAGE = 'npm run prove -- [--only "WORDS OF A NAME"] [--rotate COUNT --seed NUMBER] [--list]';

/** The command was called in a way that it cannot follow; the message names the option and says what it takes. */
export class BadOption extends Error {}

/** @throws BadOption for the first that is unknown or has a value it cannot take */
export function readOptions(args: readonly string[]): ProveOptions {
  const values = parse(args);
  if (values.only === '') throw new BadOption('--only takes words of the name of a bug');
  if ((values.rotate === undefined) !== (values.seed === undefined))
    throw new BadOption('--rotate and --seed belong together: how many bugs, and which turn it is');
  const rotation =
    values.rotate === undefined
      ? null
      : { count: wholeNumber('rotate', values.rotate, 1), seed: wholeNumber('seed', values.seed ?? '', 0) };
  return { only: values.only ?? null, rotation, isListing: values.list };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        rotate: { type: 'string' },
        seed: { type: 'string' },
        list: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(option: string, text: string, min: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (value >= min) return value;
  throw new BadOption(`--${option} takes a whole number from ${min} on, not ${JSON.stringify(text)}`);
}
