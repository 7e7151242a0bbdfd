import { Injectable } from '@nestjs/common';
import { Config, parseTemplates } from '#common';
import type { MessageKind, MessageParams } from './message-kind.js';
import { dataOf, type Template, templatesOf } from './template.rules.js';

/** The subscribe messages that the shop has registered at WeChat. */
@Injectable()
export class Templates {
  readonly #byKind: ReadonlyMap<MessageKind, Template>;
  readonly #timeZone: string;

  /** @throws Error if one of them does not fit its kind */
  constructor({ SUBSCRIBE_TEMPLATES, SHOP_TIME_ZONE }: Config) {
    this.#byKind = templatesOf(parseTemplates(SUBSCRIBE_TEMPLATES));
    this.#timeZone = SHOP_TIME_ZONE;
  }

  /** The template of a kind, or null if the shop has none: then messages of it are in the inbox alone. */
  of(kind: MessageKind): Template | null {
    return this.#byKind.get(kind) ?? null;
  }

  /** Whether a template is one of them. */
  has(templateId: string): boolean {
    return [...this.#byKind.values()].some((template) => template.templateId === templateId);
  }

  /** What stands in the fields of a message. */
  dataOf(template: Template, params: MessageParams): Record<string, string> {
    return dataOf(template, params, this.#timeZone);
  }
}
