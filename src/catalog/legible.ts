import type { Texts } from '#common';

const MUST_BE_LEGIBLE: Texts = {
  zh: '请填写内容，首尾不留空格，也不含换行等控制字符。',
  en: 'Must not be empty, begin or end with a blank, or have line breaks or other control characters.',
};

/** Input check for one line of text: begins and ends with something that can be read, and stays one line. Arguments of `Matches`. */
export const LEGIBLE = [/^[^\s\p{C}]([^\p{C}]*[^\s\p{C}])?$/u, { context: MUST_BE_LEGIBLE }] as const satisfies [
  RegExp,
  object,
];
