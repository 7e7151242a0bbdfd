import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { fromUUIDBytes, toUUIDBytes, typeidUnboxed, type TypeId } from 'typeid-js';
import { Column, PrimaryColumn, type ColumnOptions, type ValueTransformer } from 'typeorm';
import { registerDecorator, type ValidationOptions } from 'class-validator';
import type { Texts } from './language.js';
import { badInput } from './request-error.js';

/**
 * An id as the outside sees it: a prefix that names its kind and 26 characters that sort by time (TypeID over UUIDv7), `team_01k3q…`.
 * The table keeps the 16 bytes behind it; this file is the only place that knows.
 */
export type Id<Prefix extends string = string> = `${Prefix}_${string}`;

/** A fresh id, later in order than those made before. It needs no database, so an answer is known before it is stored. */
export function newId<Prefix extends string>(prefix: Prefix): Id<Prefix> {
  return typeidUnboxed(prefix) as string as Id<Prefix>;
}

const SUFFIX = '[0-7][0-9a-hjkmnp-tv-z]{25}';

export function isId<Prefix extends string>(prefix: Prefix, value: unknown): value is Id<Prefix> {
  return typeof value === 'string' && new RegExp(`^${prefix}_${SUFFIX}$`).test(value);
}

/** The 16 bytes that stand for the id in a table. */
export function idBytes(id: Id): Buffer {
  return Buffer.from(toUUIDBytes(id as string as TypeId<string>));
}

export function idFromBytes<Prefix extends string>(prefix: Prefix, bytes: Uint8Array): Id<Prefix> {
  return fromUUIDBytes(prefix, bytes) as string as Id<Prefix>;
}

/** The kind of thing that an id names: what stands before its last `_`. */
export function prefixIn(id: Id): string {
  return id.slice(0, id.lastIndexOf('_'));
}

/** The part behind the prefix: unique by itself, made of letters and digits only, fit for the numbers that we give to a channel. */
export function idSuffix(id: Id): string {
  return id.slice(id.lastIndexOf('_') + 1);
}

const PREFIX = Symbol('the prefix of the primary id');

function transformer(prefix: string): ValueTransformer {
  return {
    to: (id: Id | null | undefined) => (typeof id === 'string' ? idBytes(id) : id),
    from: (bytes: Buffer | null | undefined) => (bytes ? idFromBytes(prefix, bytes) : bytes),
  };
}

interface IdColumnOptions extends Pick<ColumnOptions, 'nullable' | 'update'> {
  /** False for a reference to another row; true by default. */
  readonly primary?: boolean;
}

/** A BINARY(16) column that the code sees as `prefix_…`. */
export function IdColumn(prefix: string, { primary = true, ...options }: IdColumnOptions = {}): PropertyDecorator {
  const column: ColumnOptions = { ...options, type: 'binary', length: 16, transformer: transformer(prefix) };
  return (target, property) => {
    if (primary) Reflect.defineMetadata(PREFIX, prefix, target.constructor);
    (primary ? PrimaryColumn({ ...column, nullable: false }) : Column(column))(target, property);
  };
}

/** The prefix of an entity's primary id. */
export function prefixOf(entity: new () => object): string {
  const prefix: unknown = Reflect.getMetadata(PREFIX, entity);
  if (typeof prefix !== 'string') throw new Error(`${entity.name} has no primary IdColumn`);
  return prefix;
}

function idTexts(prefix: string): Texts {
  return { zh: `必须是以 ${prefix}_ 开头的编号。`, en: `Must be an id that begins with ${prefix}_.` };
}

/** Input check: an id of that kind, whether or not such a thing exists. */
export function IsId(prefix: string, options?: ValidationOptions): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'isId',
      target: target.constructor,
      propertyName: String(propertyName),
      options: { context: idTexts(prefix), ...options },
      validator: { validate: (value: unknown) => isId(prefix, value) },
    });
  };
}

/** Checks an id argument of a query that may be left out. */
@Injectable()
export class OptionalIdPipe implements PipeTransform<string | null | undefined, Id | null> {
  readonly #pipe: IdPipe;

  constructor(prefix: string) {
    this.#pipe = new IdPipe(prefix);
  }

  transform(value: string | null | undefined, metadata: ArgumentMetadata): Id | null {
    return value === null || value === undefined ? null : this.#pipe.transform(value, metadata);
  }
}

/** Checks an id argument of a query. */
@Injectable()
export class IdPipe implements PipeTransform<string, Id> {
  constructor(private readonly prefix: string) {}

  transform(value: string, { data = 'id' }: ArgumentMetadata): Id {
    if (isId(this.prefix, value)) return value;
    throw badInput({ path: data, texts: idTexts(this.prefix) });
  }
}
