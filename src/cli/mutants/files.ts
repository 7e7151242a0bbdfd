import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Asked for, but not a file of rules; the message names it. */
export class BadFile extends Error {}

/**
 * The files of rules that are asked for, by their path in the project, or all of them.
 *
 * @throws BadFile for the first that there is not
 */
export async function chosenFiles(asked: readonly string[]): Promise<readonly string[]> {
  const names = await readdir('src', { recursive: true });
  const files = names.filter((name) => name.endsWith('.rules.ts')).map((name) => join('src', name));
  const unknown = asked.find((file) => !files.includes(file));
  if (unknown !== undefined) throw new BadFile(`there are no such rules: ${unknown}`);
  return asked.length > 0 ? asked : files.sort();
}
