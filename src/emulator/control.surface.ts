import type { FastifyPluginCallback } from 'fastify';
import { booksRoutes } from './books.routes.js';
import { channelRoutes } from './channel.routes.js';
import { ControlError } from './errors.js';
import { faultRoutes } from './fault.routes.js';
import { phoneRoutes } from './phone.routes.js';
import { sharedRoutes } from './share.routes.js';
import { shipmentRoutes } from './shipping.routes.js';
import { subscriptionRoutes } from './subscribe.routes.js';
import type { World } from './world.js';

/**
 * The hands of whoever tests: phones, bad luck and time. Mounted at `/emulator`, JSON without signatures, safe because the
 * server listens on loopback only. Bad input is 400 `{code, message, field}`; a refusal is 404 or 409 with its own code.
 */
export function controlSurface(world: World): FastifyPluginCallback {
  return (server, _options, done) => {
    server.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
      if (error instanceof ControlError) return reply.code(error.status).send(error.toJSON());
      request.log.error(error);
      return reply.code(error.statusCode ?? 500).send({ code: 'INTERNAL', message: error.message });
    });

    /** `{status: 'ok'}` once the journal is replayed and the port is open. */
    server.get('/health', () => ({ status: 'ok' }));

    phoneRoutes(server, world);
    channelRoutes(server, world);
    faultRoutes(server, world);
    booksRoutes(server, world);
    shipmentRoutes(server, world);
    sharedRoutes(server, world);
    subscriptionRoutes(server, world);
    done();
  };
}
