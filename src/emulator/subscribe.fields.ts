import { ApiError } from './errors.js';

const TIME = String.raw`(\d{4}年\d{1,2}月\d{1,2}日( \d{1,2}:\d{2})?|\d{1,2}:\d{2})`;

/** What WeChat takes in a field, by the type that its key begins with (`wechat.md` 1.6). */
const TYPES: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/su,
  number: /^(?=.{1,32}$)\d+(\.\d+)?$/,
  letter: /^[a-zA-Z]{1,32}$/,
  symbol: /^[\p{P}\p{S}]{1,5}$/u,
  character_string: /^[\x20-\x7e]{1,32}$/,
  time: new RegExp(`^${TIME}(~${TIME})?$`),
  date: new RegExp(`^${TIME}(~${TIME})?$`),
  amount: /^[¥$€£]?\d{1,10}(\.\d+)?元?$/,
  phone_number: /^[\d+-]{1,17}$/,
  car_number: /^.{1,8}$/u,
  name: /^(\p{Script=Han}{1,10}|[a-zA-Z ]{1,20})$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
};

/**
 * Looks at what is to be shown in a message.
 *
 * @throws ApiError 47003 that names the first bad field
 */
export function checkData(data: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(data);
  if (entries.length === 0) throw bad('data', 'is empty');
  return Object.fromEntries(entries.map(([key, field]) => [key, checkField(key, field)]));
}

function checkField(key: string, field: unknown): string {
  const value = typeof field === 'object' && field !== null && 'value' in field ? field.value : undefined;
  if (typeof value !== 'string' || value.trim() === '') throw bad(`data.${key}.value`, 'is empty');
  const type = TYPES[/^([a-z_]+?)\d+$/.exec(key)?.[1] ?? ''];
  if (!type?.test(value)) throw bad(`data.${key}.value`, 'invalid');
  return value;
}

function bad(field: string, what: string): ApiError {
  return new ApiError(47003, `argument invalid! ${field} ${what}`);
}
