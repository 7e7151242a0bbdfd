import { newId } from '#common';
import type { Client } from '../support/client.js';

interface TypeRef {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType: TypeRef | null;
}
interface Argument {
  readonly name: string;
  readonly type: TypeRef;
  readonly defaultValue: string | null;
}
interface TypeShape {
  readonly kind: string;
  readonly name: string;
  readonly fields:
    readonly { readonly name: string; readonly args: readonly Argument[]; readonly type: TypeRef }[] | null;
  readonly inputFields: readonly Argument[] | null;
  readonly enumValues: readonly { readonly name: string }[] | null;
}

/** A query or mutation of the schema, with a document that asks for it. */
export interface RootField {
  readonly name: string;
  readonly document: string;
}

const REF = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';
const INTROSPECTION = `{ __schema { types { kind name
  fields { name type { ${REF} } args { name defaultValue type { ${REF} } } }
  inputFields { name defaultValue type { ${REF} } } enumValues { name } } } }`;

/** Every query and mutation of the schema as it is served, so that a new one cannot be forgotten. */
export async function rootFields(client: Client): Promise<RootField[]> {
  const schema = await client.ask<{ types: TypeShape[] }>(INTROSPECTION);
  const types = new Map(schema.types.map((type) => [type.name, type]));
  return ['Query', 'Mutation'].flatMap((root) =>
    (types.get(root)?.fields ?? []).map(({ name, args, type }) => {
      const given = needed(args).map((arg) => `${arg.name}: ${sample(arg.type, types)}`);
      const call = given.length > 0 ? `${name}(${given.join(', ')})` : name;
      const isLeaf = ['SCALAR', 'ENUM'].includes(named(type).kind);
      return { name, document: `${root.toLowerCase()} { ${call} ${isLeaf ? '' : '{ __typename }'} }` };
    }),
  );
}

function needed(args: readonly Argument[]): readonly Argument[] {
  return args.filter(({ type, defaultValue }) => type.kind === 'NON_NULL' && defaultValue === null);
}

const SAMPLES: Readonly<Record<string, string>> = {
  ...{ Int: '1', Minor: '1', Boolean: 'true' },
  DateTime: '"2026-01-01T00:00:00Z"',
};

/** Something that fits the type; access is decided before anybody looks at it more closely. */
function sample(type: TypeRef, types: ReadonlyMap<string, TypeShape>): string {
  if (type.kind === 'LIST') return `[${sample(type.ofType!, types)}]`;
  if (type.kind === 'NON_NULL') return sample(type.ofType!, types);
  const { inputFields, enumValues } = types.get(type.name!) ?? {};
  if (enumValues?.[0]) return enumValues[0].name;
  if (inputFields)
    return `{ ${needed(inputFields)
      .map((field) => `${field.name}: ${sample(field.type, types)}`)
      .join(', ')} }`;
  return SAMPLES[type.name ?? ''] ?? `"${newId('order')}"`;
}

function named(type: TypeRef): TypeRef {
  return type.ofType ? named(type.ofType) : type;
}
