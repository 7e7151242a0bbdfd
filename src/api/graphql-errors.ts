import { GraphQLError } from 'graphql';
import type { MercuriusOptions } from 'mercurius';
import { type ApiContext, type Language, languageOf } from '#common';
import { explain, type Explanation, extensionsOf } from './explanation.js';
import { invalidGraphql, requestStatusOf } from './request-explanation.js';

type ErrorFormatter = NonNullable<MercuriusOptions['errorFormatter']>;

/** What the client may know of errors: never SQL, never a stack, and no word about the schema beyond its own document. */
export const errorFormatter: ErrorFormatter = (execution, context) => {
  const language = languageOf((context as Partial<ApiContext>).request?.headers['accept-language']);
  const told = tellAll(execution.errors, language);
  // An operation that ran has its errors beside its data; only one that never ran has a status (GraphQL over HTTP).
  const hasRun = execution.data !== undefined;
  const statusCode = hasRun ? 200 : Math.max(...told.map(({ status }) => status));
  return { statusCode, response: { data: execution.data ?? null, errors: told.map(({ error }) => error) } };
};

/** Each error as a client may know it, with the HTTP status that it would have if nothing ran. */
export function tellAll(errors: readonly GraphQLError[], language: Language): Told[] {
  return errors.flatMap(unwrap).map((error) => {
    const { explanation, status } = tell(error);
    return { error: speak(error, explanation, language), code: explanation.code, status };
  });
}

interface Told {
  readonly error: GraphQLError;
  readonly code: string;
  readonly status: number;
}

/** Mercurius reports all that is wrong with a document as one error around many. */
function unwrap(error: GraphQLError): GraphQLError[] {
  const inner: unknown = (error.originalError as { errors?: unknown } | undefined)?.errors;
  return Array.isArray(inner) ? (inner as Error[]).map(asGraphqlError) : [error];
}

export function asGraphqlError(error: Error): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error });
}

function tell(error: GraphQLError): { readonly explanation: Explanation; readonly status: number } {
  const cause = causeOf(error);
  // Whatever happens in a field has its path, and is about us unless the field says otherwise.
  const status = error.path === undefined ? invalidStatusOf(cause) : null;
  if (status !== null) return { explanation: invalidGraphql(status, (cause as Error).message), status };
  const explanation = explain(cause);
  return { explanation, status: explanation.code === 'INTERNAL' ? 500 : 200 };
}

/** What was thrown first, which need not be an Error. graphql-js and graphql-jit wrap it, each in its own way. */
function causeOf(error: GraphQLError): unknown {
  let cause: unknown = error;
  while (cause instanceof GraphQLError && cause.originalError !== undefined) cause = cause.originalError;
  return cause;
}

/** The HTTP status of a request that is no valid operation, or null. */
function invalidStatusOf(cause: unknown): number | null {
  const isDocument = cause instanceof GraphQLError || (cause as { code?: unknown }).code === 'MER_ERR_GQL_QUERY_DEPTH';
  return isDocument ? 400 : requestStatusOf(cause);
}

function speak(error: GraphQLError, explanation: Explanation, language: Language): GraphQLError {
  const { nodes, source, positions, path } = error;
  const extensions = extensionsOf(explanation, language);
  return new GraphQLError(explanation.texts[language], { nodes, source, positions, path, extensions });
}
