import type { Equivalent } from './equivalents.js';
import type { Trial } from './try.js';

/** How many of a file's changes its tests notice. */
export interface Score {
  readonly file: string;
  readonly tried: number;
  readonly killed: number;
  readonly survivors: readonly Trial[];
  /** What was said to change nothing, and fits no change that nobody notices. */
  readonly stale: readonly Equivalent[];
}

/** One score for each file; what is known to change nothing does not count. */
export function scoresOf(
  trials: readonly Trial[],
  files: readonly string[],
  equivalents: readonly Equivalent[],
): readonly Score[] {
  return files.map((file) => {
    const known = equivalents.filter((equivalent) => equivalent.file === file);
    const all = trials.filter((trial) => trial.file === file);
    const counted = all.filter((trial) => trial.isKilled || !known.some((equivalent) => fits(equivalent, trial)));
    const survivors = counted.filter(({ isKilled }) => !isKilled);
    const stale = known.filter((equivalent) => !all.some((trial) => !trial.isKilled && fits(equivalent, trial)));
    return { file, tried: counted.length, killed: counted.length - survivors.length, survivors, stale };
  });
}

function fits({ original, replacement }: Equivalent, trial: Trial): boolean {
  return trial.original === original && trial.replacement === replacement;
}
