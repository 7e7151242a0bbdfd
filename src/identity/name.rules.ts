import type { Language } from '#common';

/** As people count: what looks like one character is one, however it is composed (Unicode UAX 29). */
export const NICKNAME_CHARACTERS_MAX = 20;
/** One such character may be composed of any number of others; this is what the column holds. Twenty emoji of ten units fit. */
const CODE_UNITS_MAX = 200;

/** What people see as one character may take several code points, and does not depend on the language. */
const CHARACTERS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Emoji that need an invisible part (Unicode UTS 51, 1.4.9): flags of parts of a country, joined or styled pictures, keycaps. */
const EMOJI =
  /\u{1F3F4}[\u{E0061}-\u{E007A}]{5}\u{E007F}|\p{ExtPict}[\p{EMod}\uFE0E\uFE0F]?(?:\u200D\p{ExtPict}[\p{EMod}\uFE0E\uFE0F]?)*|[\d#*]\uFE0F\u20E3/gu;

/**
 * Control and format characters, broken surrogates, line ends, and whatever else leaves no mark: each lets one name look like another, or
 * turns the text around it. U+2800 is the one blank that Unicode counts among the signs. No script stacks five marks on a letter.
 */
const ILLEGIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}\u2800]|\p{M}{5}/u;

/** What a mask shows: letters, digits and pictures. */
const SHOWN = /[\p{L}\p{N}\p{So}]/u;

/** A name as it is kept: composed (NFC), so that it is the same from every phone, and without space around it. */
export function tidyName(name: string): string {
  return name.normalize('NFC').trim();
}

/** Whether a tidy name has 1 to 20 characters. */
export function isNameOfLength(name: string): boolean {
  if (name.length > CODE_UNITS_MAX) return false; // Before they are counted: a name may come as long as a request may be.
  const characters = charactersOf(name).length;
  return characters >= 1 && characters <= NICKNAME_CHARACTERS_MAX;
}

/** Whether a name shows all that is in it, in its own line. */
export function isNameLegible(name: string): boolean {
  return !ILLEGIBLE.test(name.replace(EMOJI, ''));
}

/**
 * A name as strangers see it: the first and the last character and always two stars between, so that its length is not told; of two
 * characters the first and a star; of one a star alone, because the name never stands there whole. What separates characters, such as a
 * space or a dot, does not count as one: 张 三 would stand there whole.
 *
 * @example maskName('张三') // 张*
 * @example maskName('桂花糕阿婆') // 桂**婆
 */
export function maskName(name: string): string {
  const characters = charactersOf(name).filter((character) => SHOWN.test(character));
  const [first, last] = [characters.at(0), characters.at(-1)];
  if (first === undefined || last === undefined || characters.length === 1) return '*';
  return characters.length === 2 ? `${first}*` : `${first}**${last}`;
}

/** What strangers see of a person without a name. */
export function namelessIn(language: Language): string {
  return language === 'zh' ? '微信用户' : 'WeChat user';
}

function charactersOf(name: string): string[] {
  return Array.from(CHARACTERS.segment(name), ({ segment }) => segment);
}
