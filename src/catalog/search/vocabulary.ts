import type { EntityManager } from 'typeorm';
import { pinyinOf } from './pinyin.js';
import { type Found, type Slot, slotOf, type Term } from './slot.rules.js';
import { synonymsOf } from './synonyms.js';
import { isOneMistake, mayBeMistaken, variantsOf } from './typo.rules.js';
import { charactersOf, isHan, isInDictionary, partsOf, type Unit } from './words.js';

const LONGER_MAX = 16;
const GUESSES_MAX = 200;
const NOTHING: Omit<Found, 'unit'> = {
  ...{ exact: [], synonyms: [], translations: [], longer: [] },
  ...{ homophones: [], alike: [] },
};
const COLUMNS = 'id, term, pinyin, products';

/** What is looked for. */
export interface Understood {
  readonly slots: readonly Slot[];
  /** Whether that is all that was asked for: false if the shop knows nothing of some word. */
  readonly isAll: boolean;
}

/**
 * What the shop's vocabulary has for each word asked for, in one statement, or in two if there is a word that it does not know.
 *
 * @returns a slot for each word, or one for each part of a word that is only known in parts; none for what is not known at all
 */
export async function slotsOf(db: EntityManager, units: readonly Unit[]): Promise<Understood> {
  const last = units.at(-1);
  if (!last) return { slots: [], isAll: true };
  const known = await knownTerms(db, units, last);
  const slots = units.map(({ word }) => {
    const synonyms = termsNamed(known, synonymsOf(word));
    return slotOf({
      ...{ ...NOTHING, unit: word },
      exact: termsNamed(known, [word]),
      synonyms: synonyms.filter(({ term }) => isHan(term) === isHan(word)),
      translations: synonyms.filter(({ term }) => isHan(term) !== isHan(word)),
      longer: word === last.word ? known.filter(({ term }) => term !== word && term.startsWith(word)) : [],
    });
  });
  const strange = units.filter((_, index) => slots[index] === null);
  const guessed = strange.length > 0 ? await guesses(db, strange) : new Map<string, Slot>();
  const answered = units.map(({ word, run }, index) => {
    // A mistake may have had the dictionary cut at the wrong place, so what was written together is guessed as a whole first.
    const slot = guessed.get(run) ?? slots[index] ?? guessed.get(word);
    return slot ? [slot] : inParts(word, known);
  });
  return { slots: [...new Set(answered.flat())], isAll: answered.every((found) => found.length > 0) };
}

/** A word that is only known in parts: by the shorter words inside it, else by its characters. */
function inParts(word: string, known: readonly Term[]): Slot[] {
  const slotsFor = (parts: readonly string[]): Slot[] =>
    parts.flatMap((unit) => {
      const exact = termsNamed(known, [unit]);
      const slot = slotOf({ ...NOTHING, unit, exact });
      return slot ? [slot] : [];
    });
  const words = slotsFor(partsOf(word));
  return words.length > 0 ? words : slotsFor(charactersOf(word));
}

async function knownTerms(db: EntityManager, units: readonly Unit[], last: Unit): Promise<Term[]> {
  const words = units.flatMap(({ word }) => [word, ...partsOf(word), ...charactersOf(word), ...synonymsOf(word)]);
  return db.query<Term[]>(
    `SELECT ${COLUMNS} FROM search_term WHERE term IN (?) AND products > 0
     UNION (SELECT ${COLUMNS} FROM search_term WHERE term LIKE ? AND products > 0 ORDER BY products DESC LIMIT ${LONGER_MAX})`,
    [words, `${last.word}%`], // A word has letters and digits only, so nothing in it is a wildcard.
  );
}

/** For words that the shop does not know, and for what they were cut from: what sounds the same, and what is one mistake away. */
async function guesses(db: EntityManager, units: readonly Unit[]): Promise<Map<string, Slot>> {
  const sounds = new Map(
    units.flatMap(({ word, written, run }) => [
      [word, pinyinOf(word) ?? written] as const,
      [run, pinyinOf(run) ?? run] as const,
    ]),
  );
  const mistaken = [...sounds.keys()].filter((word) => mayBeMistaken(word, isHan(word)) && !isInDictionary(word));
  const variants = mistaken.flatMap(variantsOf);
  const terms = await db.query<Term[]>(
    `(SELECT ${COLUMNS} FROM search_term WHERE pinyin IN (?) AND products > 0 LIMIT ${GUESSES_MAX})
     UNION (SELECT ${COLUMNS} FROM search_variant JOIN search_term ON id = term_id
            WHERE variant IN (?) AND products > 0 LIMIT ${GUESSES_MAX})`,
    [[...sounds.values()], variants.length > 0 ? variants : ['']],
  );
  return new Map(
    [...sounds].flatMap(([word, sound]) => {
      const slot = slotOf({
        ...{ ...NOTHING, unit: word },
        homophones: terms.filter(({ pinyin: other }) => other === sound),
        alike: mistaken.includes(word) ? terms.filter(({ term }) => isOneMistake(term, word)) : [],
      });
      return slot ? [[word, slot] as const] : [];
    }),
  );
}

function termsNamed(terms: readonly Term[], names: readonly string[]): Term[] {
  return terms.filter(({ term }) => names.includes(term));
}
