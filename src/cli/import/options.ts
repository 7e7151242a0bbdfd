import { parseArgs } from 'node:util';
import { REASON_CHARACTERS_MAX } from '#common';

/** The command was called in a way that it cannot follow; the message says what it takes. */
export class BadOption extends Error {}

export interface ImportOptions {
  readonly file: string;
  /** Whether suppliers and categories that the shop lacks are made. */
  readonly makesMissing: boolean;
  /** Why it is applied; null if it is only checked. */
  readonly reason: string | null;
}

export const USAGE = `npm run import -- FILE.csv --reason "..." [--make-missing]
npm run import -- FILE.csv --check [--make-missing]
docs/CATALOGUE.md says what the file looks like`;

const OPTIONS = {
  reason: { type: 'string' },
  'make-missing': { type: 'boolean' },
  check: { type: 'boolean' },
} as const;

/** @throws BadOption for the first argument that is missing, unknown or has a value it cannot take */
export function readOptions(args: readonly string[]): ImportOptions {
  const { values, positionals } = parse(args);
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new BadOption(`one FILE.csv is taken, not ${positionals.length}`);
  const { reason = '', check = false, 'make-missing': makesMissing = false } = values;
  const text = reason.trim();
  if (check && text !== '') throw new BadOption('--check applies nothing, so it takes no --reason');
  if (!check && (text === '' || text.length > REASON_CHARACTERS_MAX))
    throw new BadOption(`--reason says why, in at most ${REASON_CHARACTERS_MAX} characters`);
  return { file, makesMissing, reason: check ? null : text };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}
