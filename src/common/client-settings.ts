import { ValidateBy } from 'class-validator';

/** `NAME:ID` or `NAME:ID:KEY/KEY…` of each template, separated by commas. */
const TEMPLATES = /^(?:[a-zA-Z]\w{0,39}:[\w-]{1,64}(?::[a-z_]+\d+(?:\/[a-z_]+\d+){0,6})?(?:,(?=.)|$))*$/;
/** Names, separated by commas. */
const NAMES = /^(?:[a-zA-Z]\w{0,39}(?:,(?=.)|$))*$/;

/** A subscribe message that the shop has registered at WeChat. */
export interface TemplateSetting {
  readonly name: string;
  readonly templateId: string;
  /** The keys of its fields at WeChat, in the order in which the shop's own message has them; empty for those that a new template gets. */
  readonly keys: readonly string[];
}

/** What SUBSCRIBE_TEMPLATES says, in its order. */
export function parseTemplates(text: string): TemplateSetting[] {
  return partsOf(text).map((part) => {
    const [name = '', templateId = '', keys = ''] = part.split(':');
    return { name, templateId, keys: keys === '' ? [] : keys.split('/') };
  });
}

/** What CLIENT_FEATURES says, in its order. */
export function parseFeatures(text: string): string[] {
  return partsOf(text);
}

/** Config check: `NAME:ID,…`, or `NAME:ID:KEY/KEY,…`, each name once. */
export function AreTemplates(): PropertyDecorator {
  return settingOf('SUBSCRIBE_TEMPLATES must be NAME:ID,… with each name once', (text) => {
    const names = parseTemplates(text).map(({ name }) => name);
    return TEMPLATES.test(text) && new Set(names).size === names.length;
  });
}

/** Config check: `NAME,…`, each once. */
export function AreFeatures(): PropertyDecorator {
  return settingOf('CLIENT_FEATURES must be NAME,… with each name once', (text) => {
    const names = parseFeatures(text);
    return NAMES.test(text) && new Set(names).size === names.length;
  });
}

/** Config check: a time zone of the IANA database that this Node knows. */
export function IsTimeZone(): PropertyDecorator {
  return settingOf('SHOP_TIME_ZONE must be a time zone by its IANA name, such as Asia/Shanghai', isTimeZone);
}

function isTimeZone(name: string): boolean {
  if (!/^[A-Z]/i.test(name)) return false; // Offsets such as +08:00 are none, though later versions of Node take them for one.
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false; // The way in which Intl refuses a name.
  }
}

function settingOf(message: string, isGood: (text: string) => boolean): PropertyDecorator {
  const validate = (value: unknown): boolean => typeof value === 'string' && isGood(value);
  return ValidateBy({ name: 'isClientSetting', validator: { validate, defaultMessage: () => message } });
}

function partsOf(text: string): string[] {
  return text === '' ? [] : text.split(',');
}
