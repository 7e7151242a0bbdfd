import type { FastifyInstance, FastifyPluginCallback } from 'fastify';
import { answerWithErrcodes, readApiBody } from './api.errors.js';
import { rfc3339 } from './clock.js';
import { badControl } from './errors.js';
import { apiExcuse } from './excuses.js';
import { Fields } from './fields.js';
import { Misbehaviour } from './misbehaviour.js';
import { numberedRefusal } from './refusals.js';
import { checkData } from './subscribe.fields.js';
import type { Answer } from './subscriptions.js';
import type { World } from './world.js';

const OPENID = /^o[\w-]{27}$/;
const PAGE = /^[\w-]+(\/[\w-]+)*(\?[\w=&.%-]*)?$/;
const STATES = ['developer', 'trial', 'formal'] as const;
const LANGUAGES = ['zh_CN', 'en_US', 'zh_HK', 'zh_TW'] as const;
const ASKED_AT_ONCE_MAX = 3;

/** The mini-program API: subscribe messages. Every answer is HTTP 200, refusals too. */
export function messageRoutes({ faults, subscriptions, stableToken }: World): FastifyPluginCallback {
  return (server, _options, done) => {
    const misbehaviour = new Misbehaviour(faults, apiExcuse);
    answerWithErrcodes(server);

    server.post<{ Querystring: Record<string, unknown> }>(
      '/cgi-bin/message/subscribe/send',
      misbehaviour.of('send_message'),
      ({ query, body }) => {
        stableToken.check(query['access_token']);
        const fields = readApiBody(body);
        const openid = fields.maybe('touser', (name) => fields.text(name, { max: 128 })) ?? '';
        if (!OPENID.test(openid)) throw numberedRefusal('40003');
        const templateId = fields.maybe('template_id', (name) => fields.text(name, { max: 128 })) ?? '';
        const page = fields.maybe('page', (name) => fields.text(name, { max: 1_024 })) ?? null;
        if (page !== null && !PAGE.test(page)) throw numberedRefusal('41030');
        fields.choice('miniprogram_state', STATES);
        fields.choice('lang', LANGUAGES);
        subscriptions.send({ openid, templateId, page, data: checkData(fields.object('data').values) });
        return { errcode: 0, errmsg: 'ok' };
      },
    );

    done();
  };
}

/** What people allow with their phones, and what lies in their WeChat. */
export function subscriptionRoutes(server: FastifyInstance, { subscriptions, pusher }: World): void {
  /**
   * `{person, answers: [{template_id, accept}], push?}` -> what `wx.requestSubscribeMessage` tells the mini-program: `accept` or `reject` by
   * template id, up to three. Unless `push` is false, the shop is told as well. Refuses with 404 NO_SUCH_TEMPLATE.
   */
  server.post('/subscribe-answers', ({ body }) => {
    const fields = Fields.ofJson(body, badControl);
    const answers = readAnswers(fields);
    const isPushed = fields.maybe('push', (name) => fields.flag(name)) ?? true;
    subscriptions.answer(fields.text('person', { max: 128 }), answers, isPushed);
    const told = answers.map(({ templateId, isAccepted }) => [templateId, isAccepted ? 'accept' : 'reject'] as const);
    return { errMsg: 'requestSubscribeMessage:ok', ...Object.fromEntries(told) };
  });

  /** `{person, template_id}`: switches a template off in WeChat's settings; 204. Refuses with 404 NO_SUCH_TEMPLATE. */
  server.post('/subscribe-settings', ({ body }, reply) => {
    const fields = Fields.ofJson(body, badControl);
    subscriptions.switchOff(fields.text('person', { max: 128 }), fields.text('template_id', { max: 128 }));
    return reply.code(204).send();
  });

  /** Every message that was sent, oldest first: `[{openid, template_id, page, data, sent_at}]`. */
  server.get('/books/messages', () =>
    subscriptions.delivered.map(({ openid, templateId, page, data, sentAtMs }) => ({
      ...{ openid, template_id: templateId, page, data },
      sent_at: rfc3339(sentAtMs),
    })),
  );

  /** How many pushes are on their way, and how many forged ones the shop took for genuine. */
  server.get('/books/pushes', () => ({ undelivered: pusher.pending, accepted_forgeries: pusher.acceptedForgeries }));

  /** How many messages each person still allows, by template: `[{openid, template_id, remaining}]`. */
  server.get('/books/message-grants', () =>
    subscriptions.grants.map(({ openid, templateId, remaining }) => ({ openid, template_id: templateId, remaining })),
  );
}

function readAnswers(fields: Fields): Answer[] {
  const answers = fields.list('answers');
  if (answers.length > ASKED_AT_ONCE_MAX) throw badControl('/answers', answers, 'must have 1 to 3 items');
  return answers.map((answer, index) => {
    const item = new Fields(answer, badControl, `/answers/${index}`);
    return { templateId: item.text('template_id', { max: 128 }), isAccepted: item.flag('accept') };
  });
}
