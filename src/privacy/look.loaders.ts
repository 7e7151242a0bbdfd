import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';
import { defineOwnLoader, isId, newId } from '#common';
import { callerOf, type UserId } from '#identity';
import type { Look } from './look.entity.js';
import { insertLooks } from './look.queries.js';

/** Of what GraphQL tells a resolver, what names the operation. */
type Asked = Pick<GraphQLResolveInfo, 'path' | 'operation' | 'fragments'>;

/** Whose data is told, of which category, by which operation. */
export type LookKey = `${string} ${string} ${UserId}`;

/** What to note before a field tells somebody’s data. */
export function lookKey(info: Asked, category: string, userId: UserId): LookKey {
  return `${operationOf(info)} ${category} ${userId}`;
}

/**
 * Notes that whoever asks is told data of others, before they are: once for each person, category and operation, in one statement for all
 * that is told together. People’s own data is nobody’s look.
 */
export const noteLook = defineOwnLoader(async (db, keys: readonly LookKey[], { request }) => {
  const caller = callerOf(request);
  const looks = keys
    .map((key) => lookOf(key, caller?.id ?? 'guest'))
    .filter(({ userId, actorId }) => userId !== actorId);
  await insertLooks(db, looks);
  return keys.map(() => null);
});

function lookOf(key: LookKey, actorId: string): Pick<Look, 'id' | 'userId' | 'actorId' | 'category' | 'operation'> {
  const [operation = '', category = '', userId = ''] = key.split(' ');
  if (!isId('user', userId)) throw new Error(`a look at nobody: ${key}`);
  return { id: newId('look'), userId, actorId, category, operation };
}

/** The query or mutation below which a field stands, by the name that the schema gives it: whoever asks chooses the alias. */
function operationOf({ path, operation, fragments }: Asked): string {
  let root = path;
  while (root.prev) root = root.prev;
  for (const { alias, name } of fieldsOf(operation.selectionSet, fragments))
    if ((alias ?? name).value === root.key) return name.value;
  throw new Error(`a look by no operation: ${root.key}`);
}

function* fieldsOf({ selections }: SelectionSetNode, fragments: Asked['fragments']): Generator<FieldNode> {
  for (const selection of selections)
    if (selection.kind === Kind.FIELD) yield selection;
    else {
      const part = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      if (part) yield* fieldsOf(part.selectionSet, fragments);
    }
}
