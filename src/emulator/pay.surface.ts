import type { FastifyPluginCallback } from 'fastify';
import { billRoutes } from './bill.routes.js';
import { certificateRoutes } from './certificate.routes.js';
import { badBody, PayError, payErrors } from './errors.js';
import { payExcuse } from './excuses.js';
import { newRequestId } from './ids.js';
import { MerchantGuard, serialOf } from './merchant.guard.js';
import { Misbehaviour } from './misbehaviour.js';
import { payRoutes } from './pay.routes.js';
import { refundRoutes } from './refund.routes.js';
import type { World } from './world.js';

/** WeChat Pay v3: every request is verified and every reply but a downloaded bill is signed, refusals too. Mounted at `/v3`. */
export function paySurface(world: World): FastifyPluginCallback {
  const { settings, payKeys, faults } = world;
  return (server, _options, done) => {
    const guard = new MerchantGuard(settings, payKeys);
    const misbehaviour = new Misbehaviour(faults, payExcuse);

    server.addHook('preHandler', (request, _reply, next) => {
      guard.check(request);
      next();
    });

    server.addHook('onSend', (request, reply, payload, next) => {
      if ('isUnsigned' in request.routeOptions.config) {
        next(null, payload);
        return;
      }
      const body = typeof payload === 'string' ? payload : '';
      const key = payKeys.forReply(serialOf(request));
      reply.headers({ ...key.headers(body, misbehaviour.kindOf(request)), 'request-id': newRequestId() });
      next(null, payload);
    });

    server.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
      const answer = payErrorOf(error);
      if (answer.status === 500 && answer !== error) request.log.error(error);
      return reply.code(answer.status).send(answer.toJSON());
    });

    server.setNotFoundHandler(() => {
      throw payErrors.unknownResource('请求的接口不存在');
    });

    payRoutes(server, world, misbehaviour);
    refundRoutes(server, world, misbehaviour);
    certificateRoutes(server, world, misbehaviour);
    billRoutes(server, world, misbehaviour);
    done();
  };
}

/** Whatever Fastify refuses by itself, such as a body that is too large, is a bad parameter to a merchant; the rest is our bug. */
function payErrorOf(error: Error & { statusCode?: number }): PayError {
  if (error instanceof PayError) return error;
  return (error.statusCode ?? 500) < 500 ? badBody('', null, error.message) : payErrors.system();
}
