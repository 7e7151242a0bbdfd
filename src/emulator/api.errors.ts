import type { FastifyInstance } from 'fastify';
import { ApiError } from './errors.js';
import { Fields, type Refuse } from './fields.js';

export const BODY_INVALID = () => new ApiError(47001, 'data format error');

/** The mini-program API answers HTTP 200 whatever happens. */
export function answerWithErrcodes(server: FastifyInstance): void {
  server.setErrorHandler((error, request, reply) => {
    if (!(error instanceof ApiError)) request.log.error(error);
    return reply.code(200).send(error instanceof ApiError ? error.toJSON() : new ApiError(-1, 'system error').toJSON());
  });
}

/**
 * The fields of a body.
 *
 * @throws ApiError 44002 for an empty body, 47001 for one that is no JSON or holds the token, and what `refuse` makes of a bad field
 */
export function readApiBody(body: unknown, refuse: Refuse = BODY_INVALID): Fields {
  if (!body) throw new ApiError(44002, 'empty post data');
  const { values } = Fields.ofJson(body, BODY_INVALID);
  if ('access_token' in values) throw BODY_INVALID();
  return new Fields(values, refuse);
}
