import type { FastifyRequest } from 'fastify';

/** Who asks, as far as the wire tells: an HTTP request, or what a socket said when it connected. */
export type ApiRequest = Pick<FastifyRequest, 'headers' | 'ip'>;
