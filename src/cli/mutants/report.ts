import type { Score } from './score.js';
import type { Trial } from './try.js';

/** So much of each file, and of all, must be noticed. */
export const KILLED_PERCENT_MIN = 85;

const TEXT_CHARACTERS_MAX = 100;

/** What came of it for people to read; the last line is for other tools as well. */
export function report(scores: readonly Score[]): { readonly text: string; readonly isEnough: boolean } {
  const sum = (count: (score: Score) => number): number => scores.reduce((total, score) => total + count(score), 0);
  const total = { tried: sum(({ tried }) => tried), killed: sum(({ killed }) => killed) };
  const columns = Math.max(...scores.map(({ file }) => file.length));
  const lines = [
    ...scores.flatMap(({ survivors }) => survivors).map(lineOfSurvivor),
    ...scores
      .flatMap(({ stale }) => stale)
      .map(({ file, original, replacement }) => `NOT EQUIVALENT ${file}: ${gist(original)}  ->  ${gist(replacement)}`),
    ...scores.map((score) => lineOfFile(score, columns)),
    `mutants: ${total.tried} tried, ${total.killed} killed (${percentOf(total)}%)`,
  ];
  const isEnough = [...scores, total].every(isAboveMin) && scores.every(({ stale }) => stale.length === 0);
  return { text: lines.join('\n'), isEnough };
}

type Count = Pick<Score, 'tried' | 'killed'>;

function lineOfSurvivor({ file, line, original, replacement }: Trial): string {
  return `SURVIVED ${file}:${line}: ${gist(original)}  ->  ${gist(replacement)}`;
}

function lineOfFile({ file, ...count }: Score, columns: number): string {
  const figures = `${count.tried} tried, ${count.killed} killed (${percentOf(count)}%)`;
  return `${file.padEnd(columns)}  ${figures}${isAboveMin(count) ? '' : `  TOO FEW: at least ${KILLED_PERCENT_MIN}%`}`;
}

/** Whole percent, rounded down, so that nothing looks better than it is. Where nothing can be changed, nothing is missed. */
function percentOf({ tried, killed }: Count): number {
  return tried === 0 ? 100 : Math.floor((killed * 100) / tried);
}

function isAboveMin(count: Count): boolean {
  return percentOf(count) >= KILLED_PERCENT_MIN;
}

function gist(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > TEXT_CHARACTERS_MAX ? `${line.slice(0, TEXT_CHARACTERS_MAX)}...` : line;
}
