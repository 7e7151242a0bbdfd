import { parseArgs } from 'node:util';
import { REASON_CHARACTERS_MAX } from '#common';

export const USAGE = 'npm run rekey -- --reason "..."';

/** The command was called in a way that it cannot follow; the message names the argument and says what it takes. */
export class BadOption extends Error {}

/** @throws BadOption unless the arguments say why, and nothing else */
export function readReason(args: readonly string[]): string {
  const reason = parse(args).trim();
  if (reason !== '' && reason.length <= REASON_CHARACTERS_MAX) return reason;
  throw new BadOption(`--reason says why, in at most ${REASON_CHARACTERS_MAX} characters`);
}

function parse(args: readonly string[]): string {
  try {
    return parseArgs({ args: [...args], options: { reason: { type: 'string' } } }).values.reason ?? '';
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}
