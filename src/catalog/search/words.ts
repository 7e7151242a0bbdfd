import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Jieba } from '@node-rs/jieba';
import { stemmer } from 'stemmer';
import { OWN_WORDS } from './own-words.js';

/** A word is cut off here, as its column is; nothing that people search for is longer. */
export const WORD_CHARACTERS_MAX = 32;

const RUNS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;
const HAN = /^\p{Script=Han}+$/u;
const ENGLISH = /^[a-z]+$/;

/** The dictionary takes some 300 ms and 40 MB to read, so a process that never searches does without. */
let jieba: Jieba | null = null;

function dictionary(): Jieba {
  if (jieba) return jieba;
  jieba = Jieba.withDict(readFileSync(createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt')));
  jieba.loadDict(Buffer.from(OWN_WORDS.map((word) => `${word} 1000 n\n`).join('')));
  return jieba;
}

export function isHan(word: string): boolean {
  return HAN.test(word);
}

/** One way of writing for all: full-width letters become half-width, capitals small. */
export function normalized(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** What Chinese writes without gaps, and what other scripts write between them, in order. */
export function runsOf(text: string): string[] {
  return normalized(text).match(RUNS) ?? [];
}

/**
 * Every word under which a text is found, each once: Chinese by the dictionary, longer words together with the shorter ones inside them, and
 * what looks like a word though no dictionary has it; English by its stem.
 */
export function wordsOf(text: string): string[] {
  return unique(
    runsOf(text).flatMap((run) =>
      isHan(run) ? [...dictionary().cutForSearch(run, true), ...dictionary().cutForSearch(run, false)] : [stemOf(run)],
    ),
  );
}

/** The single Chinese characters of a text: how it is found by words that no dictionary has. */
export function charactersOf(text: string): string[] {
  return unique(
    runsOf(text)
      .filter(isHan)
      .flatMap((run) => [...run]),
  );
}

/** A word that somebody asks for, as it is searched for and as it was written. */
export interface Unit {
  readonly word: string;
  readonly written: string;
  /** What it was cut from, if it is Chinese. */
  readonly run: string;
}

/** What somebody asks for, word by word, each once. */
export function unitsOf(query: string): Unit[] {
  const units = runsOf(query).flatMap((run) =>
    (isHan(run) ? dictionary().cut(run, true) : [run]).map((written) => ({
      ...{ written, run },
      word: unique([isHan(written) ? written : stemOf(written)]).join(''),
    })),
  );
  return [...new Map(units.map((unit) => [unit.word, unit])).values()];
}

/** The shorter words of the dictionary inside a word; none if it is none in Chinese. */
export function partsOf(word: string): string[] {
  return isHan(word) ? wordsOf(word).filter((part) => part !== word && part.length > 1) : [];
}

/** Whether it is a word by itself, not something that only looks like one. */
export function isInDictionary(word: string): boolean {
  return isHan(word) && word.length > 1 && dictionary().cut(word, false).length === 1;
}

/** Porter's stem of an English word; anything else as it is. */
function stemOf(run: string): string {
  return ENGLISH.test(run) ? stemmer(run) : run;
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words.map((word) => [...word].slice(0, WORD_CHARACTERS_MAX).join('')))];
}
