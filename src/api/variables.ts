import type { FastifyRequest } from 'fastify';
import {
  type DocumentNode,
  getOperationAST,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  Kind,
  typeFromAST,
  TypeInfo,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { MercuriusContext } from 'mercurius';
import { type ApiContext, badInput, type FieldMistake } from '#common';
import { withDefaultFields } from './default-fields.js';
import { mistakesInValue, NULL } from './value-mistakes.js';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Takes the variables out of the body of a request, so that Mercurius does not see them before they are checked here. It would
 * check them by graphql-js, by graphql-jit or not at all, depending on how often it has met the document.
 */
export function takeVariables(request: FastifyRequest): Variables {
  const body = request.body as { variables?: unknown } | null | undefined;
  if (typeof body !== 'object' || body?.variables === undefined) return {};
  const { variables } = body;
  delete body.variables;
  return typeof variables === 'object' && variables !== null ? (variables as Variables) : {};
}

/**
 * Mercurius' hook before execution: hands the variables over once they are good.
 *
 * @throws RequestError `BAD_USER_INPUT` that names every bad value by its path
 */
export function handOver(
  schema: GraphQLSchema,
  document: DocumentNode,
  context: MercuriusContext,
): { variables: Variables } {
  const { variables, request } = context as MercuriusContext & ApiContext & { readonly request: FastifyRequest };
  const { operationName } = request.body as { operationName?: string | null };
  return { variables: checkVariables(schema, document, operationName, variables) };
}

/**
 * The variables, with defaults where fields were left out.
 *
 * @throws RequestError `BAD_USER_INPUT` that names every bad value by its path
 */
export function checkVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Variables,
): Variables {
  const operation = getOperationAST(document, operationName);
  // A document without the operation that was asked for is refused by whoever executes it.
  const definitions = operation?.variableDefinitions ?? [];
  const mistakes = definitions.flatMap((definition) => mistakesInVariable(schema, definition, variables));
  const nulls = definitions.filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE).map(nameOf);
  mistakes.push(...misplacedNulls(schema, document, new Set(nulls.filter((name) => variables[name] === null))));
  if (mistakes.length > 0) throw badInput(...mistakes);
  return withDefaults(schema, definitions, variables);
}

function nameOf({ variable }: VariableDefinitionNode): string {
  return variable.name.value;
}

/** The variables with what the schema says of fields that were left out: graphql-jit fills in defaults of variables, but not of their fields. */
function withDefaults(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  variables: Variables,
): Variables {
  const filled = definitions
    .filter((definition) => Object.hasOwn(variables, nameOf(definition)))
    .map((definition): [string, unknown] => {
      const value = variables[nameOf(definition)];
      const type = typeFromAST(schema, definition.type);
      return [nameOf(definition), isInputType(type) ? withDefaultFields(value, type) : value];
    });
  return { ...variables, ...Object.fromEntries(filled) };
}

function mistakesInVariable(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  variables: Variables,
): FieldMistake[] {
  const name = nameOf(definition);
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  const type = typeFromAST(schema, definition.type);
  if (!isInputType(type) || (value === undefined && definition.defaultValue)) return [];
  return mistakesInValue(value, type, name);
}

/**
 * A variable that may be null can stand where null may not, if either has a default (GraphQL, October 2021, 5.8.5). Null is not
 * replaced by a default, so only the values show whether that is well.
 */
function misplacedNulls(schema: GraphQLSchema, document: DocumentNode, nulls: ReadonlySet<string>): FieldMistake[] {
  if (nulls.size === 0) return [];
  const misplaced = new Set<string>();
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Variable({ name: { value: name } }) {
      if (nulls.has(name) && isNonNullType(types.getInputType())) misplaced.add(name);
    },
  });
  visit(document, visitor);
  return [...misplaced].map((path) => ({ path, texts: NULL }));
}
