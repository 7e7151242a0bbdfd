import type { Texts } from '#common';
import type { Explanation } from './explanation.js';

const ADDRESS_UNKNOWN: Texts = { zh: '没有这个地址。', en: 'There is nothing at this address.' };
const METHOD_WRONG: Texts = { zh: '请使用 POST 方法。', en: 'Send it by POST.' };
const TIMED_OUT: Texts = { zh: '请求未能及时传完。', en: 'The request did not arrive in time.' };
const BODY_TOO_LARGE: Texts = { zh: '请求内容过大。', en: 'The body of the request is too large.' };
const TYPE_WRONG: Texts = { zh: '请以 application/json 格式发送。', en: 'Send it as application/json.' };
const UPGRADE_REQUIRED: Texts = { zh: '请以套接字方式连接。', en: 'Connect by WebSocket.' };
const TOO_MANY: Texts = {
  zh: '连接数过多，请稍后再试。',
  en: 'There are too many connections. Please try again later.',
};
const HEADERS_TOO_LARGE: Texts = { zh: '请求头过大。', en: 'The headers of the request are too large.' };
const MALFORMED: Texts = { zh: '请求格式有误。', en: 'The request is malformed.' };

const BY_STATUS: Readonly<Record<number, Explanation>> = {
  404: { code: 'NOT_FOUND', texts: ADDRESS_UNKNOWN },
  405: { code: 'METHOD_NOT_ALLOWED', texts: METHOD_WRONG },
  408: { code: 'TIMED_OUT', texts: TIMED_OUT },
  413: { code: 'BODY_TOO_LARGE', texts: BODY_TOO_LARGE },
  415: { code: 'UNSUPPORTED_MEDIA_TYPE', texts: TYPE_WRONG },
  426: { code: 'UPGRADE_REQUIRED', texts: UPGRADE_REQUIRED },
  429: { code: 'TOO_MANY_CONNECTIONS', texts: TOO_MANY },
  431: { code: 'HEADERS_TOO_LARGE', texts: HEADERS_TOO_LARGE },
  503: { code: 'TOO_MANY_CONNECTIONS', texts: TOO_MANY },
};

/** What is wrong with a request that never reached the API, by its HTTP status (RFC 9110 15.5 and 15.6, RFC 6585 4 and 5). */
export function requestExplanation(status: number): Explanation {
  return BY_STATUS[status] ?? { code: 'BAD_REQUEST', texts: MALFORMED };
}

/** What is wrong with a request to the GraphQL door. The technical part is for whoever wrote the document, so it is in English only. */
export function invalidGraphql(status: number, technical: string): Explanation {
  const texts: Texts =
    status === 400
      ? { zh: `GraphQL 请求有误：${technical}`, en: `The GraphQL request is not valid: ${technical}` }
      : requestExplanation(status).texts;
  return { code: 'GRAPHQL_INVALID', texts };
}

/**
 * The HTTP status of an error that Fastify or Nest raised about the request itself; null for any other error. It is asked
 * only of errors from outside resolvers: a 404 that some resolver's own HTTP call got is no mistake of our client.
 */
export function requestStatusOf(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  const { status, statusCode = status } = error as Error & { status?: unknown; statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : null;
}
