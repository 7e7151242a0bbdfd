import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { GraphQLError } from 'graphql';
import type { MercuriusOptions } from 'mercurius';
import { type ApiContext, languageOf, RequestError, type Texts } from '#common';
import { ChannelError } from '#wechat';

type ErrorFormatter = NonNullable<MercuriusOptions['errorFormatter']>;

const logger = new Logger('Api');

const INTERNAL: Texts = {
  zh: '系统繁忙，请稍后再试。',
  en: 'Something went wrong on our side. Please try again.',
};
const CHANNEL_UNAVAILABLE: Texts = {
  zh: '微信服务暂时不可用，请稍后再试。',
  en: 'WeChat cannot be reached at the moment. Please try again.',
};

/** What the client may know of an error: never SQL, never a stack. What it may not know is logged under a trace id. */
export const errorFormatter: ErrorFormatter = (execution, context) => {
  const language = languageOf((context as Partial<ApiContext>).request?.headers['accept-language']);
  const isOperation = execution.data !== undefined && execution.data !== null;
  const errors = execution.errors.flatMap(unwrap).map((error) => present(error, language));
  // A request that is no valid operation is a 400; one that ran has its errors beside its data (GraphQL over HTTP).
  const isMalformed = !isOperation && errors.every(({ extensions }) => extensions['code'] === 'GRAPHQL_INVALID');
  return { statusCode: isMalformed ? 400 : 200, response: { data: execution.data ?? null, errors } };
};

/** Mercurius reports all that is wrong with a document as one error around many. */
function unwrap(error: GraphQLError): GraphQLError[] {
  const inner: unknown = (error.originalError as { errors?: unknown } | undefined)?.errors;
  return Array.isArray(inner) ? (inner as Error[]).map(asGraphqlError) : [error];
}

function asGraphqlError(error: Error): GraphQLError {
  return error instanceof GraphQLError ? error : new GraphQLError(error.message, { originalError: error });
}

/** Whether Fastify or Mercurius complain about the request itself: no JSON, too large, too deep. */
function isAboutRequest({ code = '', statusCode = 500 }: Error & { code?: string; statusCode?: number }): boolean {
  return code.startsWith('MER_ERR_GQL') || (statusCode >= 400 && statusCode < 500);
}

function present(error: GraphQLError, language: keyof Texts): GraphQLError {
  const cause = error.originalError;
  if (cause instanceof RequestError) {
    return shown(error, cause.texts[language], { code: cause.code, ...fieldsOf(cause) });
  }
  if (cause instanceof ChannelError)
    return shown(error, CHANNEL_UNAVAILABLE[language], { code: 'CHANNEL_UNAVAILABLE' });
  if (!cause || cause instanceof GraphQLError) {
    const code: unknown = (cause ?? error).extensions['code'];
    // A suggestion would tell names of the schema to whoever guesses.
    const message = error.message.replace(/ Did you mean .*$/s, '');
    return shown(error, message, { code: typeof code === 'string' ? code : 'GRAPHQL_INVALID' });
  }
  if (isAboutRequest(cause)) return shown(error, cause.message, { code: 'GRAPHQL_INVALID' });
  const traceId = randomUUID();
  logger.error(`${traceId}: ${cause.stack ?? cause.message}`);
  return shown(error, INTERNAL[language], { code: 'INTERNAL', traceId });
}

function fieldsOf({ mistakes }: RequestError): { fields?: RequestError['mistakes'] } {
  return mistakes.length > 0 ? { fields: mistakes } : {};
}

function shown(
  { nodes, source, positions, path }: GraphQLError,
  message: string,
  extensions: Record<string, unknown>,
): GraphQLError {
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
}
