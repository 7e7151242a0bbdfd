/** A word with any one of its characters left out, and the word itself: two words that are one mistake apart have one of these in common. */
export function variantsOf(word: string): string[] {
  const characters = [...word];
  const shorter = characters.map((_, index) => characters.toSpliced(index, 1).join(''));
  return [...new Set([word, ...shorter])].filter((variant) => variant !== '');
}

/** Whether one character too many, too few or another one makes the difference, or two neighbours that changed places. */
export function isOneMistake(one: string, other: string): boolean {
  const [short, long] = [[...one], [...other]].sort((a, b) => a.length - b.length) as [string[], string[]];
  const from = firstDifference(short, long);
  if (from === long.length) return false;
  const rest = (characters: readonly string[], at: number): string => characters.slice(at).join('');
  if (short.length + 1 === long.length) return rest(short, from) === rest(long, from + 1);
  if (short.length !== long.length) return false;
  if (rest(short, from + 1) === rest(long, from + 1)) return true;
  const areSwapped = short[from] === long[from + 1] && short[from + 1] === long[from];
  return areSwapped && rest(short, from + 2) === rest(long, from + 2);
}

/** Fewer letters than this are too few to tell a mistake from another word. */
const ENGLISH_CHARACTERS_MIN = 4;

/** Whether a word is long enough for one mistake in it to be guessed. */
export function mayBeMistaken(word: string, isChinese: boolean): boolean {
  return isChinese ? [...word].length > 1 : [...word].length >= ENGLISH_CHARACTERS_MIN && !/\d/.test(word);
}

function firstDifference(short: readonly string[], long: readonly string[]): number {
  const at = long.findIndex((character, index) => character !== short[index]);
  return at < 0 ? long.length : at;
}
