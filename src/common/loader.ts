import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import type { FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { BusinessTime } from './clock.js';
import type { Language } from './language.js';
import type { Vault } from './vault.js';

/** What travels with a request for its loaders. */
export interface LoaderContext {
  readonly request: FastifyRequest;
  readonly db: EntityManager;
  readonly businessTime: BusinessTime;
  readonly vault: Vault;
  readonly language: Language;
  readonly loaders: Map<LoaderDefinition<never, unknown>, DataLoader<never, unknown>>;
}

/** Reads the values of many keys at once, one for each key and in the keys' order. */
export type LoaderDefinition<Key, Value> = (
  db: EntityManager,
  keys: readonly Key[],
  context: LoaderContext,
) => Promise<Value[]>;

export type Load<Key, Value> = (key: Key) => Promise<Value>;

/** A batched read for a field: however many parents ask in one request, it is one query. */
export function defineLoader<Key, Value>(batch: LoaderDefinition<Key, Value>): LoaderDefinition<Key, Value> {
  return batch;
}

/** Injects a loader's `load` into a field resolver; its cache lives as long as the request. */
export const Loader = createParamDecorator(
  (definition: LoaderDefinition<never, unknown>, context: ExecutionContext) => {
    const request = GqlExecutionContext.create(context).getContext<LoaderContext>();
    let loader = request.loaders.get(definition);
    if (!loader) {
      loader = new DataLoader((keys: readonly never[]) => definition(request.db, keys, request));
      request.loaders.set(definition, loader);
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
