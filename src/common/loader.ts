import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import type { ApiRequest } from './api-request.js';
import type { BusinessTime } from './clock.js';
import type { Language } from './language.js';
import type { Vault } from './vault.js';

type Cache = Map<LoaderDefinition<never, unknown>, DataLoader<never, unknown>>;

/** What every loader may use. Nothing of it tells who asks, so what one has read is good for anybody. */
export interface LoaderContext {
  readonly db: EntityManager;
  readonly businessTime: BusinessTime;
  readonly vault: Vault;
  readonly loaders: Cache;
}

/** What a loader uses that depends on who asks. */
export interface OwnLoaderContext extends LoaderContext {
  readonly request: ApiRequest;
  readonly language: Language;
  readonly ownLoaders: Cache;
}

/**
 * Under this name an event of a subscription may carry what it shares with others: those told of one moment read with the same loaders,
 * so that a page that thousands look at is read once. Loaders that depend on who asks are never shared.
 */
export const MOMENT = Symbol('moment');

/** Reads the values of many keys at once, one for each key and in the keys' order. */
export type LoaderDefinition<Key, Value, Context = OwnLoaderContext> = (
  db: EntityManager,
  keys: readonly Key[],
  context: Context,
) => Promise<Value[]>;

export type Load<Key, Value> = (key: Key) => Promise<Value>;

/** A batched read for a field: however many parents ask in one request, it is one query. */
export function defineLoader<Key, Value>(
  batch: LoaderDefinition<Key, Value, LoaderContext>,
): LoaderDefinition<Key, Value> {
  return batch;
}

const OWN = new WeakSet<LoaderDefinition<never, unknown>>();

/** As `defineLoader`, for what depends on who asks or in which language. */
export function defineOwnLoader<Key, Value>(batch: LoaderDefinition<Key, Value>): LoaderDefinition<Key, Value> {
  OWN.add(batch);
  return batch;
}

/** Injects a loader's `load` into a field resolver; its cache lives as long as the request or the moment. */
export const Loader = createParamDecorator(
  (definition: LoaderDefinition<never, unknown>, context: ExecutionContext) => {
    const asked = GqlExecutionContext.create(context).getContext<OwnLoaderContext>();
    const loaders = OWN.has(definition) ? asked.ownLoaders : asked.loaders;
    let loader = loaders.get(definition);
    if (!loader) {
      loader = new DataLoader((keys: readonly never[]) => definition(asked.db, keys, asked));
      loaders.set(definition, loader);
    }
    return loader.load.bind(loader);
  },
);

/** Business time as it was when the request first asked: the same for all that one answer says. Its only key is `now`. */
export const businessNow = defineLoader(async (db, keys: readonly 'now'[], { businessTime }) => {
  const now = await businessTime.read(db);
  return keys.map(() => now);
});

/** One row for each key, in the keys' order; null where there is none. */
export function oneInOrder<Key, Row>(
  keys: readonly Key[],
  rows: readonly Row[],
  keyOf: (row: Row) => Key,
): (Row | null)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** The rows of each key, in the keys' order; an empty list where there are none. */
export function groupInOrder<Key, Row>(keys: readonly Key[], rows: readonly Row[], keyOf: (row: Row) => Key): Row[][] {
  const byKey = new Map(keys.map((key) => [key, [] as Row[]]));
  for (const row of rows) byKey.get(keyOf(row))?.push(row);
  return keys.map((key) => byKey.get(key) ?? []);
}
