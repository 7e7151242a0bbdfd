import { parseArgs } from 'node:util';
import { TTL_SECONDS_MAX } from '#teams';

export interface ReplayOptions {
  readonly file: string;
  /** How many data lines are read; Infinity reads all. */
  readonly linesMax: number;
  /** The same seed gives every buyer the same habits and the same address. */
  readonly seed: number;
  /** How many phones are busy at the same moment. */
  readonly clients: number;
  /** Buyers to a team. */
  readonly size: number;
  readonly ttlSeconds: number;
}

export const USAGE = 'npm run replay -- FILE.csv[.gz] [--lines N] [--seed S] [--clients N] [--size 3] [--ttl 24h]';

/** The command was called in a way that it cannot follow; the message names the option and says what it takes. */
export class BadOption extends Error {}

const SECONDS_OF = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
/** A buyer has so long to pay (PAY_WINDOW_SECONDS), so a team lasts as long at least. */
const TTL_SECONDS_MIN = 15 * SECONDS_OF.m;

/** @throws BadOption for the first that is unknown or has a value it cannot take */
export function readOptions(args: readonly string[]): ReplayOptions {
  const { values, positionals } = parse(args);
  const [file, ...others] = positionals;
  if (file === undefined) throw new BadOption('FILE is missing: which order history to replay');
  if (others.length > 0) throw new BadOption(`FILE: one file is replayed at a time, not also ${others.join(', ')}`);
  return {
    file,
    linesMax: values.lines === undefined ? Infinity : wholeNumber('lines', values.lines, 1, 1_000_000_000),
    seed: wholeNumber('seed', values.seed, 0, 4_294_967_295),
    clients: wholeNumber('clients', values.clients, 1, 1_000),
    size: wholeNumber('size', values.size, 2, 100),
    ttlSeconds: seconds('ttl', values.ttl),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        lines: { type: 'string' },
        seed: { type: 'string', default: '1' },
        clients: { type: 'string', default: '16' },
        size: { type: 'string', default: '3' },
        ttl: { type: 'string', default: '24h' },
      },
    });
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(option: string, text: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  throw new BadOption(`--${option} takes a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`);
}

function seconds(option: string, text: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const value = Number(count) * SECONDS_OF[unit as keyof typeof SECONDS_OF];
  if (value >= TTL_SECONDS_MIN && value <= TTL_SECONDS_MAX) return value;
  throw new BadOption(
    `--${option} takes a duration such as 90m, 24h or 2d, from 15m to 48h, not ${JSON.stringify(text)}`,
  );
}
