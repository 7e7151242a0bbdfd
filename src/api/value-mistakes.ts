import {
  type GraphQLInputType,
  type GraphQLLeafType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { FieldMistake, Texts } from '#common';

const MISSING: Texts = { zh: '不能缺少。', en: 'Must be given.' };
export const NULL: Texts = { zh: '不能为 null。', en: 'Must not be null.' };
const NO_OBJECT: Texts = { zh: '必须是对象。', en: 'Must be an object.' };
const UNKNOWN: Texts = { zh: '没有这个字段。', en: 'Is no field of this input.' };
const NO_VALUE: Texts = { zh: '格式不正确。', en: 'Is not a value of this type.' };

const LEAVES: Readonly<Record<string, Texts>> = {
  ID: { zh: '必须是编号。', en: 'Must be an id.' },
  String: { zh: '必须是文本。', en: 'Must be a text.' },
  Boolean: { zh: '必须是 true 或 false。', en: 'Must be true or false.' },
  Int: { zh: '必须是 32 位整数。', en: 'Must be a whole number of at most 32 bits.' },
  Float: { zh: '必须是数字。', en: 'Must be a number.' },
  Minor: {
    zh: '必须是以分为单位的整数，不超过 53 位。',
    en: 'Must be a whole number of minor units, of at most 53 bits.',
  },
  DateTime: { zh: '必须是 ISO 8601 时间。', en: 'Must be a time by ISO 8601.' },
};

/**
 * All that keeps a value of a variable from being of its type (GraphQL, October 2021, 6.1.2), each by its path. The rules are
 * graphql-js's, whose own words are in English, name a missing field by its parent, and differ from those of graphql-jit.
 */
export function mistakesInValue(value: unknown, type: GraphQLInputType, path: string): FieldMistake[] {
  if (isNonNullType(type)) {
    if (value === undefined) return [{ path, texts: MISSING }];
    return value === null ? [{ path, texts: NULL }] : mistakesInValue(value, type.ofType, path);
  }
  if (value === undefined || value === null) return [];
  if (isListType(type)) {
    if (!Array.isArray(value)) return mistakesInValue(value, type.ofType, path); // A list of one may be sent without brackets.
    return value.flatMap((item: unknown, index) => mistakesInValue(item, type.ofType, `${path}.${index}`));
  }
  if (!isInputObjectType(type)) return isLeafValue(value, type) ? [] : [{ path, texts: leafTexts(type) }];
  if (typeof value !== 'object' || Array.isArray(value)) return [{ path, texts: NO_OBJECT }];

  const given = new Map<string, unknown>(Object.entries(value));
  const fields = Object.values(type.getFields());
  const known = new Set(fields.map(({ name }) => name));
  const unknown = [...given.keys()].filter((name) => !known.has(name));
  return [
    ...unknown.map((name) => ({ path: `${path}.${name}`, texts: UNKNOWN })),
    ...fields
      .filter(({ name, defaultValue }) => given.has(name) || defaultValue === undefined)
      .flatMap(({ name, type: fieldType }) => mistakesInValue(given.get(name), fieldType, `${path}.${name}`)),
  ];
}

function isLeafValue(value: unknown, type: GraphQLLeafType): boolean {
  try {
    return type.parseValue(value) !== undefined;
  } catch {
    return false; // The way in which a scalar refuses a value.
  }
}

function leafTexts(type: GraphQLLeafType): Texts {
  if (!isEnumType(type)) return LEAVES[type.name] ?? NO_VALUE;
  const names = type.getValues().map(({ name }) => name);
  return { zh: `必须是以下之一：${names.join('、')}。`, en: `Must be one of ${names.join(', ')}.` };
}
