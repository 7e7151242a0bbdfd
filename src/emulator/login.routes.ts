import { randomBytes } from 'node:crypto';
import type { FastifyPluginCallback } from 'fastify';
import { answerWithErrcodes, readApiBody } from './api.errors.js';
import { ApiError } from './errors.js';
import { apiExcuse } from './excuses.js';
import { openidOf, unionidOf } from './ids.js';
import { Misbehaviour } from './misbehaviour.js';
import type { Settings } from './options.js';
import type { World } from './world.js';

const GRANT_INVALID = () => new ApiError(40002, 'invalid grant_type');

/** The mini-program API: who is on the phone, and the shop's access token. Every answer is HTTP 200, refusals too. */
export function loginRoutes({ settings, faults, loginCodes, stableToken }: World): FastifyPluginCallback {
  return (server, _options, done) => {
    const misbehaviour = new Misbehaviour(faults, apiExcuse);

    answerWithErrcodes(server);

    server.get<{ Querystring: Record<string, unknown> }>(
      '/sns/jscode2session',
      misbehaviour.of('login'),
      ({ query }) => {
        checkCaller(settings, query['appid'], query['secret']);
        if (query['grant_type'] !== 'authorization_code') throw GRANT_INVALID();
        if (typeof query['js_code'] !== 'string' || query['js_code'] === '') throw new ApiError(41008, 'missing code');

        const person = loginCodes.redeem(query['js_code']);
        return {
          openid: openidOf(settings.appId, person),
          session_key: randomBytes(16).toString('base64'),
          unionid: unionidOf(person),
        };
      },
    );

    server.post('/cgi-bin/stable_token', misbehaviour.of('token'), ({ body }) => {
      const fields = readApiBody(body);
      checkCaller(settings, fields.values['appid'], fields.values['secret']);
      if (fields.values['grant_type'] !== 'client_credential') throw GRANT_INVALID();
      return stableToken.read(fields.maybe('force_refresh', (name) => fields.flag(name)) ?? false);
    });

    done();
  };
}

function checkCaller({ appId, appSecret }: Settings, appid: unknown, secret: unknown): void {
  if (appid !== appId) throw new ApiError(40013, 'invalid appid');
  if (secret !== appSecret) throw new ApiError(40125, 'invalid appsecret');
}
