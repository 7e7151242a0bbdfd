import type { TemplateSetting } from '#common';
import { fieldText } from './field.rules.js';
import { KINDS } from './kinds.js';
import { MessageKind, type MessageParams } from './message-kind.js';

/** A subscribe message of the shop at WeChat. */
export interface Template {
  readonly kind: MessageKind;
  readonly templateId: string;
  /** The key of each of its fields, in the kind's order. */
  readonly keys: readonly string[];
}

/** The templates of the kinds that there are; names of others are for other versions. */
export function templatesOf(settings: readonly TemplateSetting[]): ReadonlyMap<MessageKind, Template> {
  const kinds = Object.values(MessageKind);
  const templates = kinds.flatMap((kind): Template[] => {
    const setting = settings.find(({ name }) => name === KINDS[kind].template);
    return setting ? [{ kind, templateId: setting.templateId, keys: keysOf(kind, setting) }] : [];
  });
  return new Map(templates.map((template) => [template.kind, template]));
}

/** What stands in each field of a message, by the field's key. */
export function dataOf({ kind, keys }: Template, params: MessageParams, timeZone: string): Record<string, string> {
  const { fields } = KINDS[kind];
  return Object.fromEntries(
    fields.map(({ type, valueOf }, index) => [keys[index] ?? '', fieldText(type, valueOf(params), timeZone)]),
  );
}

/**
 * As they were entered, or as a template with just these fields gets them.
 *
 * @throws Error if a key is of another type than its field, or there are not as many
 */
function keysOf(kind: MessageKind, { name, keys }: TemplateSetting): readonly string[] {
  const types = KINDS[kind].fields.map(({ type }) => type);
  if (keys.length === 0) return types.map((type, index) => `${type}${index + 1}`);
  const fits = keys.length === types.length && keys.every((key, index) => key.replace(/\d+$/, '') === types[index]);
  if (!fits) throw new Error(`SUBSCRIBE_TEMPLATES: ${name} must have keys of ${types.join('/')}, in this order`);
  return keys;
}
