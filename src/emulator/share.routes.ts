import type { FastifyInstance, FastifyPluginCallback } from 'fastify';
import { answerWithErrcodes, readApiBody } from './api.errors.js';
import { rfc3339 } from './clock.js';
import { drawCode } from './code.picture.js';
import { badControl } from './errors.js';
import { apiExcuse } from './excuses.js';
import { Fields } from './fields.js';
import { Misbehaviour } from './misbehaviour.js';
import { badCode, badLink, readCode, readScheme, readShortLink, readUrlLink } from './share.inputs.js';
import type { World } from './world.js';

type Asked = { Querystring: Record<string, unknown> };

/** The mini-program API: codes and links that lead to a page. Every answer is HTTP 200, refusals too; a code is the bytes of an image. */
export function shareRoutes({ faults, shares, stableToken }: World): FastifyPluginCallback {
  return (server, _options, done) => {
    const misbehaviour = new Misbehaviour(faults, apiExcuse);
    answerWithErrcodes(server);

    server.post<Asked>('/wxa/getwxacodeunlimit', misbehaviour.of('code'), async ({ query, body }, reply) => {
      stableToken.check(query['access_token']);
      const asked = readCode(readApiBody(body, badCode));
      shares.code(asked.page, asked.scene, asked.isPageChecked);
      const { type, bytes } = await drawCode(asked);
      return reply.type(type).send(bytes);
    });

    server.post<Asked>('/wxa/generatescheme', misbehaviour.of('scheme'), ({ query, body }) => {
      stableToken.check(query['access_token']);
      return { errcode: 0, errmsg: 'ok', openlink: shares.link('scheme', readScheme(readApiBody(body, badLink))) };
    });

    server.post<Asked>('/wxa/generate_urllink', misbehaviour.of('url_link'), ({ query, body }) => {
      stableToken.check(query['access_token']);
      return { errcode: 0, errmsg: 'ok', url_link: shares.link('url_link', readUrlLink(readApiBody(body, badLink))) };
    });

    server.post<Asked>('/wxa/genwxashortlink', misbehaviour.of('short_link'), ({ query, body }) => {
      stableToken.check(query['access_token']);
      const { page, expiresAtMs } = readShortLink(readApiBody(body, badLink));
      return { errcode: 0, errmsg: 'ok', link: shares.shortLink(page, expiresAtMs) };
    });

    done();
  };
}

/** Codes and links as only a test may see and change them. */
export function sharedRoutes(server: FastifyInstance, { shares }: World): void {
  /** Every code and link that was made, oldest first: `[{kind, scene, path, query, version, link, expires_at}]`. */
  server.get('/books/shares', () =>
    shares.all.map(({ kind, scene, path, query, version, link, expiresAtMs }) => ({
      ...{ kind, scene, path, query, version, link },
      expires_at: expiresAtMs === null ? null : rfc3339(expiresAtMs),
    })),
  );

  /**
   * `{is_released?, pages?, codes_per_minute?, links_per_second?, links_per_day?, short_links_per_day?}` -> 204: what WeChat knows of the
   * mini-program, and how much it makes from now on; what is left out stays. `pages: null` is a release with whatever page is asked for.
   */
  server.post('/share-terms', ({ body }, reply) => {
    const fields = Fields.ofJson(body, badControl);
    const number = (name: string): number | undefined => fields.maybe(name, () => fields.integer(name, { min: 0 }));
    const { terms } = shares;
    const pages = fields.maybe('pages', (name) => readPages(fields, name));
    shares.terms = {
      isReleased: fields.maybe('is_released', (name) => fields.flag(name)) ?? terms.isReleased,
      pages: pages === undefined ? terms.pages : pages,
      codesPerMinute: number('codes_per_minute') ?? terms.codesPerMinute,
      linksPerSecond: number('links_per_second') ?? terms.linksPerSecond,
      linksPerDay: number('links_per_day') ?? terms.linksPerDay,
      shortLinksPerDay: number('short_links_per_day') ?? terms.shortLinksPerDay,
    };
    return reply.code(204).send();
  });
}

function readPages(fields: Fields, name: string): string[] | null {
  return fields.values[name] === null ? null : fields.list(name).map(String);
}
