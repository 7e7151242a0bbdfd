import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { ConnectionError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Language, languageOf, RequestError } from '#common';
import { NOTIFY_PATH } from '#payments';
import { explain, type Explanation } from './explanation.js';
import { GRAPHQL_PATH } from './graphql-door.js';
import { requestExplanation, requestStatusOf } from './request-explanation.js';

/** Answers what went wrong outside GraphQL, as `{code, message}` in the language of the request. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error; // A resolver's error is told by the error formatter, with its path.
    const http = host.switchToHttp();
    answerError(error, http.getRequest(), http.getResponse());
  }
}

/** Also for what Fastify refuses before there is a route. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const status = requestStatusOf(error);
  if (status === null) answer(statusOf(error), explain(error), request, reply);
  else answerStatus(status, request, reply);
}

/** For routes that are no GraphQL: there the code is in `errors`, and the status always 200. */
const STATUS_BY_CODE: Readonly<Record<RequestError['code'], number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  TOO_MANY_SUBSCRIPTIONS: 429,
  LOGIN_TOO_OLD: 403,
  TOO_MANY_REQUESTS: 429,
};

function statusOf(error: unknown): number {
  return error instanceof RequestError ? STATUS_BY_CODE[error.code] : 500;
}

/** Refuses a request for a reason that its status says all about. */
export function answerStatus(status: number, request: FastifyRequest, reply: FastifyReply): void {
  answer(status, requestExplanation(status), request, reply);
}

function answer(status: number, explanation: Explanation, request: FastifyRequest, reply: FastifyReply): void {
  const language = languageOf(request.headers['accept-language']);
  // The channel reads a form of its own, and tries again unless it is told 200 or 204.
  const isChannel = request.routeOptions.url === NOTIFY_PATH;
  const body = isChannel ? { code: 'FAIL', message: explanation.texts[language] } : bodyOf(explanation, language);
  void reply.status(status).send(body);
}

/** Nest's filters see what a controller throws, but not what Fastify finds wrong with a request on its way to one. */
export function answerRouteErrors(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    // Mercurius has a handler of its own, which asks the error formatter.
    if (route.url !== GRAPHQL_PATH) route.errorHandler = answerError;
  });
}

const UNREADABLE_STATUS: Readonly<Record<string, number>> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** For bytes that never became a request, so that nobody knows its language: they are answered and the connection ends. */
export function answerUnreadable({ code }: ConnectionError, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return;
  answerOutright(UNREADABLE_STATUS[code] ?? 400, socket);
}

/** Where there is no reply to answer by. */
export function answerOutright(status: number, socket: Duplex): void {
  const body = JSON.stringify(bodyOf(requestExplanation(status), languageOf(undefined)));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function bodyOf({ code, texts, traceId }: Explanation, language: Language): object {
  return { code, message: texts[language], ...(traceId === undefined ? {} : { traceId }) };
}
