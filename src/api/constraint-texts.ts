import assert from 'node:assert/strict';
import { getMetadataStorage } from 'class-validator';
import type { Texts } from '#common';

/** What the constraints of class-validator say, by their names. A constraint of our own says it itself, as its `context`. */
const TEXTS: Readonly<Record<string, (limit: unknown) => Texts>> = {
  isInt: () => ({ zh: '必须是整数。', en: 'Must be a whole number.' }),
  isBoolean: () => ({ zh: '必须是 true 或 false。', en: 'Must be true or false.' }),
  isIn: () => ({ zh: '必须是可选值之一。', en: 'Must be one of the values that there are.' }),
  isString: () => ({ zh: '必须是文本。', en: 'Must be a text.' }),
  isNotEmpty: () => ({ zh: '不能为空。', en: 'Must not be empty.' }),
  min: (least) => ({ zh: `不能小于 ${String(least)}。`, en: `Must be at least ${String(least)}.` }),
  max: (most) => ({ zh: `不能大于 ${String(most)}。`, en: `Must be at most ${String(most)}.` }),
  maxCharacters: (most) => ({
    zh: `不能超过 ${String(most)} 个字符。`,
    en: `Must be at most ${String(most)} characters long.`,
  }),
  arrayMinSize: (least) => ({ zh: `至少需要 ${String(least)} 项。`, en: `Must list at least ${String(least)}.` }),
  arrayMaxSize: (most) => ({ zh: `最多 ${String(most)} 项。`, en: `Must list at most ${String(most)}.` }),
  nestedValidation: () => ({ zh: '必须是对象。', en: 'Must be an object.' }),
};

/** A constraint on a property of an input, and what it says to whoever breaks it. */
export interface Constraint {
  readonly property: string;
  readonly name: string;
  /** Undefined where nobody has thought of the words yet, which a test finds. */
  readonly texts: Texts | undefined;
}

/** Every constraint that an input class or one of its ancestors can complain of. `IsOptional` and the like complain of nothing. */
export function constraintsOf(input: object): Constraint[] {
  return getMetadataStorage()
    .getTargetValidationMetadatas(input as () => void, '', false, false)
    .filter(({ type }) => type !== 'conditionalValidation' && type !== 'whitelistValidation')
    .map(({ propertyName, type, name = type, constraints, context }) => ({
      property: propertyName,
      name,
      texts: (context as Texts | undefined) ?? TEXTS[name]?.((constraints as unknown[] | undefined)?.[0]),
    }));
}

/** What a broken constraint says. */
export function textsOf(input: object, property: string, name: string): Texts {
  const texts = constraintsOf(input).find((one) => one.property === property && one.name === name)?.texts;
  assert(texts, `nobody has said in two languages what ${name} of ${property} means`);
  return texts;
}
