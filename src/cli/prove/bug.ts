/** A known bug that the tests must catch: a piece of the source that is replaced. */
export interface SeededBug {
  /** A sentence that says what goes wrong. */
  readonly name: string;
  /** Of `src` or `migrations`, by its path in the project. */
  readonly file: string;
  /** Stands in the file once. */
  readonly search: string;
  readonly replace: string;
  readonly caughtBy: Catcher;
}

/** The narrowest tests that must fail while the bug is in. */
export interface Catcher {
  readonly file: string;
  /** The full name of the test as Jest tells it, or so much of it as none but the meant ones share. */
  readonly test: string;
}

/** The source has changed under a bug: nobody knows any more whether it would be caught. */
export class DoesNotApply extends Error {
  override readonly name = 'DoesNotApply';
}

/**
 * The text with the bug in it.
 *
 * @throws DoesNotApply unless what is replaced stands there exactly once
 */
export function withBug(
  { file, search, replace }: Pick<SeededBug, 'file' | 'search' | 'replace'>,
  text: string,
): string {
  const [before, after, ...others] = text.split(search);
  if (before === undefined || after === undefined || others.length > 0)
    throw new DoesNotApply(`${file} has what is replaced ${text.split(search).length - 1} times, not once`);
  return before + replace + after;
}
