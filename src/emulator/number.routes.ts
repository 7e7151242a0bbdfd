import type { FastifyPluginCallback } from 'fastify';
import { answerWithErrcodes, readApiBody } from './api.errors.js';
import { SECOND_MS } from './clock.js';
import { ApiError } from './errors.js';
import { apiExcuse } from './excuses.js';
import { openidOf } from './ids.js';
import { Misbehaviour } from './misbehaviour.js';
import type { World } from './world.js';

/** The mini-program API: the telephone number that somebody allowed the shop to see. Every answer is HTTP 200, refusals too. */
export function numberRoutes({ settings, faults, phoneCodes, stableToken }: World): FastifyPluginCallback {
  return (server, _options, done) => {
    const misbehaviour = new Misbehaviour(faults, apiExcuse);

    answerWithErrcodes(server);

    server.post<{ Querystring: Record<string, unknown> }>(
      '/wxa/business/getuserphonenumber',
      misbehaviour.of('phone'),
      ({ query, body }) => {
        stableToken.check(query['access_token']);
        const fields = readApiBody(body);
        const code = fields.maybe('code', (name) => fields.text(name, { max: 128 }));
        if (code === undefined) throw new ApiError(41008, 'missing code');
        const openid = fields.maybe('openid', (name) => fields.text(name, { max: 128 }));

        const isMeant = ({ person }: { readonly person: string }): boolean =>
          openid === undefined || openid === openidOf(settings.appId, person);
        const { countryCode, number } = phoneCodes.redeem(code, isMeant);
        const isChina = String(countryCode) === '86';
        return {
          errcode: 0,
          errmsg: 'ok',
          phone_info: {
            phoneNumber: isChina ? number : `+${countryCode}${number}`,
            purePhoneNumber: number,
            countryCode,
            watermark: { timestamp: Math.floor(Date.now() / SECOND_MS), appid: settings.appId },
          },
        };
      },
    );

    done();
  };
}
