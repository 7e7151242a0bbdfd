import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { languageOf } from '#common';
import { extensionsOf } from './explanation.js';
import { invalidGraphql } from './request-explanation.js';

export const GRAPHQL_PATH = '/graphql';
/** How a JSON text can begin and a document of operations cannot; parsing every document to see it fail would cost more than most of our code. */
const MAY_BE_JSON = /^\s*(?:\{\s*[}"]|[["\d-]|true|false|null)/;
const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** A mini-program sends JSON by POST. GET would let a link carry a mutation, and a form could be sent from any page. */
export function guardGraphqlDoor(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    // Mercurius' schema of the answer writes the list indexes in an error's path as texts; GraphQL (7.1.2) has them as numbers.
    if (route.url === GRAPHQL_PATH) route.schema = { ...route.schema, response: undefined };
  });
  server.addHook('onRequest', async (request, reply) => {
    if (!isGraphql(request)) return;
    if (request.method !== 'POST') await refuse(request, reply.header('allow', 'POST'), 405);
    else if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) await refuse(request, reply, 415);
  });
  server.addHook<{ Body?: { query?: unknown } | null }>('preValidation', async (request, reply) => {
    if (isGraphql(request) && isJson(request.body?.query)) {
      await refuse(request, reply, 400, 'Send the document as GraphQL.');
    }
  });
}

/** Asked of the route, where there is one: the address itself may be spelled in many ways. */
function isGraphql({ routeOptions, url }: FastifyRequest): boolean {
  return (routeOptions.url ?? url.split('?')[0]) === GRAPHQL_PATH;
}

/** Mercurius also takes a document that was parsed elsewhere, as JSON, and nobody would count its tokens. GraphQL is never JSON. */
function isJson(document: unknown): boolean {
  if (!MAY_BE_JSON.test(String(document))) return false;
  try {
    JSON.parse(String(document));
    return true;
  } catch {
    return false;
  }
}

async function refuse(request: FastifyRequest, reply: FastifyReply, status: number, technical = ''): Promise<void> {
  const language = languageOf(request.headers['accept-language']);
  const explanation = invalidGraphql(status, technical);
  const error = { message: explanation.texts[language], extensions: extensionsOf(explanation, language) };
  await reply.status(status).send({ data: null, errors: [error] });
}
