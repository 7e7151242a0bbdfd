import type { FieldMistake } from '#common';
import type { ProductOption } from './product-option.js';

/** What tells the variants of a product apart for people: its values, in the order of the options; empty where there are none. */
export function titleOf(values: readonly string[]): string {
  return values.join(' ');
}

/** What of a product’s options makes no sense, and where: a name or a value that is there twice. */
export function mistakesInOptions(options: readonly ProductOption[]): FieldMistake[] {
  const texts = { zh: '重复。', en: 'Is there twice.' };
  const again = repeated(options.map(({ name }) => name)).map((index) => `input.options.${index}.name`);
  const values = options.flatMap((option, index) =>
    repeated(option.values).map((place) => `input.options.${index}.values.${place}`),
  );
  return [...again, ...values].map((path) => ({ path, texts }));
}

/** The places of texts that have come before; large and small letters are the same to a reader. */
function repeated(texts: readonly string[]): number[] {
  const plain = texts.map((text) => text.toLowerCase());
  return plain.flatMap((text, index) => (plain.indexOf(text) < index ? [index] : []));
}

/** Whether the values are one for each option, and each of its option. */
export function isCombination(options: readonly ProductOption[], values: readonly string[]): boolean {
  return values.length === options.length && values.every((value, index) => options[index]?.values.includes(value));
}
