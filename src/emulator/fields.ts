/** Makes the error for a bad field; every surface of the emulator has its own. */
export type Refuse = (pointer: string, value: unknown, issue: string) => Error;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Reads an object field by field and throws `refuse(...)` for the first that is missing or bad. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(
    values: unknown,
    private readonly refuse: Refuse,
    private readonly path = '',
  ) {
    if (typeof values !== 'object' || values === null || Array.isArray(values)) {
      throw refuse(path, values, 'must be an object');
    }
    this.#values = values as Record<string, unknown>;
  }

  /** Reads a request body, which arrives as text because signatures are over its exact bytes. */
  static ofJson(text: unknown, refuse: Refuse): Fields {
    return new Fields(parsedOr(text, refuse), refuse);
  }

  /** The object as it came, for comparing a repeated request with the first. */
  get values(): Readonly<Record<string, unknown>> {
    return this.#values;
  }

  /** Reads a field that may be left out: `fields.maybe('attach', (name) => fields.text(name, { max: 128 }))`. */
  maybe<T>(name: string, read: (name: string) => T): T | undefined {
    return this.#values[name] === undefined ? undefined : read(name);
  }

  text(name: string, { min = 1, max, pattern }: { min?: number; max: number; pattern?: RegExp }): string {
    const value = this.#values[name];
    if (typeof value !== 'string') throw this.#bad(name, 'must be a string');
    const length = Array.from(value).length;
    if (length < min || length > max) throw this.#bad(name, `must have ${min} to ${max} characters`);
    if (pattern && !pattern.test(value)) throw this.#bad(name, `must match ${pattern.source}`);
    return value;
  }

  integer(name: string, { min, max = Number.MAX_SAFE_INTEGER }: { min: number; max?: number }): number {
    const value = this.#values[name];
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw this.#bad(name, 'must be an integer');
    if (value < min || value > max) throw this.#bad(name, `must be from ${min} to ${max}`);
    return value;
  }

  /** A share of a whole. */
  fraction(name: string): number {
    const value = this.#values[name];
    if (typeof value !== 'number' || !(value >= 0 && value <= 1)) throw this.#bad(name, 'must be a number from 0 to 1');
    return value;
  }

  flag(name: string): boolean {
    const value = this.#values[name];
    if (typeof value !== 'boolean') throw this.#bad(name, 'must be true or false');
    return value;
  }

  choice<T extends string>(name: string, allowed: readonly T[]): T {
    const found = allowed.find((one) => one === this.#values[name]);
    if (found === undefined) throw this.#bad(name, `must be one of ${allowed.join(', ')}`);
    return found;
  }

  /** Some of what is allowed, each once and in the order in which it is allowed. */
  choices<T extends string>(name: string, allowed: readonly T[]): readonly T[] {
    const values = this.list(name);
    const isKnown = values.every((value) => allowed.some((one) => one === value));
    if (values.length === 0 || !isKnown) throw this.#bad(name, `must be a list of some of ${allowed.join(', ')}`);
    return allowed.filter((one) => values.includes(one));
  }

  /** An RFC 3339 instant with its offset, in milliseconds since 1970. */
  instantMs(name: string): number {
    const value = this.#values[name];
    const instantMs = typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(instantMs)) throw this.#bad(name, 'must be an RFC 3339 instant such as 2026-01-31T20:00:00+08:00');
    return instantMs;
  }

  /** Where to send notifications: WeChat allows no query. It insists on https; the emulator does not, because it lives on loopback. */
  notifyUrl(name: string): string {
    const url = this.text(name, { max: 255 });
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (!parsed || !/^https?:$/.test(parsed.protocol)) throw this.#bad(name, 'must be an http(s) address');
    if (url.includes('?') || url.includes('#')) throw this.#bad(name, 'must not carry a query');
    return url;
  }

  object(name: string): Fields {
    return new Fields(this.#values[name], this.refuse, `${this.path}/${name}`);
  }

  list(name: string): readonly unknown[] {
    const value = this.#values[name];
    if (!Array.isArray(value)) throw this.#bad(name, 'must be a list');
    return value;
  }

  #bad(name: string, issue: string): Error {
    const value = this.#values[name];
    return this.refuse(`${this.path}/${name}`, value ?? null, value === undefined ? 'is missing' : issue);
  }
}

function parsedOr(text: unknown, refuse: Refuse): unknown {
  try {
    return JSON.parse(typeof text === 'string' ? text : '');
  } catch (error) {
    throw refuse('', text ?? null, `must be JSON (${String(error)})`);
  }
}
