import { parseArgs } from 'node:util';

export interface ExportOptions {
  readonly action: 'export';
  readonly file: string;
  /** From the first entry that was recorded then; from the beginning if null. */
  readonly since: Date | null;
}

export type AuditOptions = ExportOptions | { readonly action: 'verify'; readonly file: string };

export const USAGE = `npm run audit -- export [--since TIME] FILE.jsonl
npm run audit -- verify FILE.jsonl
TIME such as 2026-12-01T00:00:00+08:00`;

/** The command was called in a way that it cannot follow; the message names the argument and says what it takes. */
export class BadOption extends Error {}

/** @throws BadOption for the first argument that is missing, unknown or has a value it cannot take */
export function readOptions(args: readonly string[]): AuditOptions {
  const { values, positionals } = parse(args);
  const [action, file, ...others] = positionals;
  if (action !== 'export' && action !== 'verify') throw new BadOption('the first word is export or verify');
  if (file === undefined) throw new BadOption('FILE is missing');
  if (others.length > 0) throw new BadOption(`nothing follows FILE, not ${others.join(' ')}`);
  if (action === 'export') return { action, file, since: instant(values.since) };
  if (values.since !== undefined) throw new BadOption('--since belongs to export');
  return { action, file };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { since: { type: 'string' } } });
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}

/** Without an offset it would depend on where the command is run, so it is refused. */
function instant(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const value = new Date(text);
  const hasOffset = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(text);
  if (hasOffset && !Number.isNaN(value.getTime())) return value;
  throw new BadOption(
    `--since takes a time with its offset such as 2026-12-01T00:00:00+08:00, not ${JSON.stringify(text)}`,
  );
}
