import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const PATH = '/graphql';
const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** A mini-program sends JSON by POST. GET would let a link carry a mutation, and a form could be sent from any page. */
export function guardGraphqlDoor(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!isGraphql(request)) return;
    if (request.method !== 'POST') await refuse(reply.header('allow', 'POST'), 405, 'Send GraphQL by POST.');
    else if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) {
      await refuse(reply, 415, 'Send GraphQL as application/json.');
    }
  });
  server.addHook<{ Body?: { query?: unknown } | null }>('preValidation', async (request, reply) => {
    if (isGraphql(request) && isJson(request.body?.query)) await refuse(reply, 400, 'Send the document as GraphQL.');
  });
}

/** Asked of the route, where there is one: the address itself may be spelled in many ways. */
function isGraphql({ routeOptions, url }: FastifyRequest): boolean {
  return (routeOptions.url ?? url.split('?')[0]) === PATH;
}

/** Mercurius also takes a document that was parsed elsewhere, as JSON, and nobody would count its tokens. GraphQL is never JSON. */
function isJson(document: unknown): boolean {
  try {
    JSON.parse(String(document));
    return true;
  } catch {
    return false;
  }
}

async function refuse(reply: FastifyReply, status: number, message: string): Promise<void> {
  await reply.status(status).send({ data: null, errors: [{ message, extensions: { code: 'GRAPHQL_INVALID' } }] });
}
