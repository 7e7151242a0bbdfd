import type { SeededBug } from './bug.js';
import { BadOption, type ProveOptions, type Rotation } from './options.js';

/**
 * The bugs that are asked for, in the order of the list.
 *
 * @throws BadOption if none has these words in its name
 */
export function chosen(
  bugs: readonly SeededBug[],
  { only, rotation }: Pick<ProveOptions, 'only' | 'rotation'>,
): readonly SeededBug[] {
  const named = only === null ? bugs : bugs.filter(({ name }) => name.includes(only));
  if (named.length === 0) throw new BadOption(`--only: no bug has these words in its name: ${JSON.stringify(only)}`);
  return rotation ? turnOf(named, rotation) : named;
}

/** So many from all over the list, because neighbours are of one module; the next seed begins one further, so that each has its turn. */
function turnOf<Item>(items: readonly Item[], { count, seed }: Rotation): Item[] {
  const taken = Math.min(count, items.length);
  const stride = Math.floor(items.length / taken);
  const places = new Set(Array.from({ length: taken }, (_, index) => (seed + index * stride) % items.length));
  return items.filter((_, place) => places.has(place));
}
