import { weightOf } from './impact.rules.js';

/** A word of the shop's vocabulary. */
export interface Term {
  readonly id: number;
  readonly term: string;
  readonly pinyin: string | null;
  /** In how many products it stands. */
  readonly products: number;
}

/** A word that would do, and what finding it is worth. */
export interface Choice {
  readonly termId: number;
  readonly weight: number;
}

/** One thing asked for: any of its words will do. */
export interface Slot {
  /** The word that was understood. */
  readonly understood: string;
  readonly choices: readonly Choice[];
  /** How many products it may find at most. */
  readonly products: number;
}

/** What the vocabulary has for one word that somebody asked for. */
export interface Found {
  readonly unit: string;
  readonly exact: readonly Term[];
  readonly synonyms: readonly Term[];
  /** What it is called in the other script: 牛奶 for milk. */
  readonly translations: readonly Term[];
  /** Words that begin with it. */
  readonly longer: readonly Term[];
  /** Words that are written otherwise and sound the same. */
  readonly homophones: readonly Term[];
  /** Words that are one character away. */
  readonly alike: readonly Term[];
}

/** How good a word is that is not the very one asked for. */
const LIKENESS = { exact: 1, synonyms: 0.9, longer: 0.7, translations: 0.5, homophones: 0.6, alike: 0.4 } as const;
const CHOICES_MAX = 16;

/**
 * What will do for one word: the word itself and what means the same or begins with it. Only if the shop has none of these, what sounds
 * like it; and only if that is not there either, what is written nearly so. Null if the shop knows nothing of the kind.
 */
export function slotOf({ unit, homophones, alike, ...known }: Found): Slot | null {
  const meant = choicesOf(known);
  if (meant.length > 0) return slot(unit, meant);
  for (const guesses of [choicesOf({ homophones }), choicesOf({ alike })]) {
    const best = guesses.toSorted((a, b) => b.term.products - a.term.products)[0];
    if (best) return slot(best.term.term, guesses);
  }
  return null;
}

interface Candidate {
  readonly term: Term;
  readonly likeness: number;
}

function choicesOf(found: Partial<Record<keyof typeof LIKENESS, readonly Term[]>>): Candidate[] {
  const best = new Map<number, Candidate>();
  for (const [kind, likeness] of Object.entries(LIKENESS)) {
    for (const term of found[kind as keyof typeof LIKENESS] ?? []) {
      if (!best.has(term.id)) best.set(term.id, { term, likeness });
    }
  }
  return [...best.values()].slice(0, CHOICES_MAX);
}

function slot(understood: string, candidates: readonly Candidate[]): Slot {
  const choices = candidates.map(({ term: { id, products }, likeness }) => ({
    termId: id,
    weight: weightOf(products, likeness),
  }));
  return { understood, choices, products: candidates.reduce((sum, { term }) => sum + term.products, 0) };
}
