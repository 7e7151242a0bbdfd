import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { type Id, isId } from './id.js';
import { MaxCharacters } from './max-characters.js';
import { badInput, type RequestError } from './request-error.js';

export const PAGE_SIZE_MAX = 100;

/** How every list is asked for (Relay cursor connections, forward only). */
@ArgsType()
export class PageArgs {
  @IsInt()
  @Min(1)
  @Max(PAGE_SIZE_MAX)
  @Field(() => Int, { defaultValue: 20, description: `How many to return, 1 to ${PAGE_SIZE_MAX}.` })
  first: number;

  @IsOptional()
  @IsString()
  @MaxCharacters(512)
  @Field(() => String, { nullable: true, description: 'The `endCursor` of the page before; none for the first page.' })
  after?: string | null;
}

@ObjectType({ description: 'Where a page ends.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follow.' })
  hasNextPage: boolean;

  @Field(() => String, { nullable: true, description: 'Give it as `after` to get the next page.' })
  endCursor: string | null;
}

export interface Edge<Node> {
  readonly node: Node;
  readonly cursor: string;
}

export interface Page<Node> {
  readonly edges: Edge<Node>[];
  readonly pageInfo: PageInfo;
}

/** The connection type of a node type, for the schema. */
export function connectionOf<Node extends object>(node: Type<Node>): Type<Page<Node>> {
  @ObjectType(`${node.name}Edge`, { description: `A ${node.name} and its place in the list.` })
  class NodeEdge {
    @Field(() => node, { description: 'The item itself.' })
    node: Node;

    @Field(() => String, { description: 'Its place in the list.' })
    cursor: string;
  }

  @ObjectType(`${node.name}Connection`, { description: `A page of a list of ${node.name}.` })
  class Connection implements Page<Node> {
    @Field(() => [NodeEdge], { description: 'The items, in order; empty if there are none.' })
    edges: NodeEdge[];

    @Field(() => PageInfo, { description: 'Whether and how to go on.' })
    pageInfo: PageInfo;
  }
  return Connection;
}

/** What a keyset query continues behind: the sort key of the last row of the page before. */
export type CursorKey = readonly (string | number)[];

export function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The sort key inside a cursor, or null for the first page.
 *
 * @param shape an example of the key, whose types the cursor's parts must have
 * @throws RequestError that names `after`, if the cursor is not one of ours
 */
export function decodeCursor<Key extends CursorKey>(after: string | null | undefined, shape: Key): Key | null {
  if (after === undefined || after === null) return null;
  const key = parseKey(after);
  const fits = key?.length === shape.length && shape.every((part, index) => isSameKind(part, key[index]));
  if (!fits) throw foreignCursor();
  return key as unknown as Key;
}

/**
 * The id inside the cursor of a list that is ordered by id, or null for the first page.
 *
 * @throws RequestError that names `after`, if the cursor is not one of ours
 */
export function decodeIdCursor<Prefix extends string>(
  after: string | null | undefined,
  prefix: Prefix,
): Id<Prefix> | null {
  const [id] = decodeCursor(after, [`${prefix}_`]) ?? [];
  if (id === undefined) return null;
  if (!isId(prefix, id)) throw foreignCursor();
  return id;
}

/** What to say of a cursor that no page of this list has ended with. */
export function foreignCursor(): RequestError {
  return badInput({
    path: 'after',
    texts: { zh: '必须是该列表返回的 endCursor。', en: 'Must be an endCursor of this list.' },
  });
}

/** Whole numbers only: JSON also knows 1e400, which no database does. */
function isSameKind(example: string | number, part: unknown): boolean {
  return typeof example === 'number' ? Number.isSafeInteger(part) : typeof part === 'string';
}

function parseKey(cursor: string): unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null; // Not JSON, so not one of our cursors: the caller names the field.
  }
}

/** A page from up to `first + 1` rows: the extra one only says that more follow. */
export function pageOf<Node>(rows: readonly Node[], first: number, keyOf: (node: Node) => CursorKey): Page<Node> {
  const edges = rows.slice(0, first).map((node) => ({ node, cursor: encodeCursor(keyOf(node)) }));
  return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
}
