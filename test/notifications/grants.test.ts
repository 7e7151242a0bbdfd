import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Phone } from '../support/phone.js';
import type { Shop } from '../support/shop.js';
import { expectSettled } from '../support/sound.js';
import {
  allow,
  answer,
  delivered,
  deliveriesOf,
  heard,
  openPostShop,
  pushes,
  report,
  send,
  sendsLeft,
  settingsOf,
  switchTo,
  tell,
  TEMPLATE_IDS,
} from './postbox.js';

const KIND = 'REFUND_SUCCEEDED';
const TEMPLATE = TEMPLATE_IDS[KIND];

let shop: Shop;
let ana: Phone;
let people = 0;

beforeAll(async () => {
  shop = await openPostShop();
});
beforeEach(async () => {
  people += 1;
  ana = await shop.login(`ana-${people}`);
});
afterEach(async () => {
  await expectSettled(shop);
});
afterAll(async () => {
  await shop.close();
});

describe('a yes', () => {
  it('counts once, whether the phone tells of it, WeChat does, or both', async () => {
    await answer(shop, ana.person, KIND);
    await heard(shop);
    expect(await sendsLeft(ana, KIND)).toBe(1);
    await report(ana, [[TEMPLATE, true]]);
    expect(await sendsLeft(ana, KIND)).toBe(1);
    await answer(shop, ana.person, KIND, { push: false });
    await report(ana, [[TEMPLATE, true]]);
    expect(await sendsLeft(ana, KIND)).toBe(2);
    await answer(shop, ana.person, KIND);
    await report(ana, [[TEMPLATE, true]]);
    await heard(shop);
    expect(await sendsLeft(ana, KIND)).toBe(3);
  });

  it('is one for each time that it is said, also in one moment', async () => {
    await allow(shop, ana, KIND, 3);
    expect(await sendsLeft(ana, KIND)).toBe(3);
  });

  it('that the phone reports again under its key counts once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => report(ana, [[TEMPLATE, true]], 'one-tap-of-ana')));
    expect(await sendsLeft(ana, KIND)).toBe(1);
    await expect(report(ana, [[TEMPLATE, false]], 'one-tap-of-ana')).rejects.toThrow('CONFLICT');
  });

  it('that WeChat pushes twice counts once', async () => {
    await shop.fault('push', 'repeat');
    await answer(shop, ana.person, KIND);
    await heard(shop);
    expect(await sendsLeft(ana, KIND)).toBe(1);
  });

  it('is not more than a hundred, whoever reports for fun', async () => {
    for (let time = 0; time < 35; time += 1)
      await report(
        ana,
        Array.from({ length: 3 }, () => [TEMPLATE, true] as const),
      );
    expect(await sendsLeft(ana, KIND)).toBe(100);
  });

  it('of a template that there is no more is passed over', async () => {
    const { kinds } = await report(ana, [['tpl_of_last_year', true], [TEMPLATE, true]]); // prettier-ignore
    expect(kinds.map(({ sendsLeft: left }) => left)).toEqual([0, 0, 0, 1, 0]);
  });

  it.each([0, 4])('about %i templates at once is none', async (count) => {
    const answers = Array.from({ length: count }, () => [TEMPLATE, true] as const);
    await expect(report(ana, answers)).rejects.toThrow('BAD_USER_INPUT');
  });
});

describe('a no', () => {
  it('allows nothing, and takes nothing back that was allowed before', async () => {
    await allow(shop, ana, KIND);
    await answer(shop, ana.person, KIND, { accept: false });
    await report(ana, [[TEMPLATE, false]]);
    await heard(shop);
    expect(await sendsLeft(ana, KIND)).toBe(1);
  });

  it('in WeChat’s own settings takes everything back', async () => {
    await allow(shop, ana, KIND, 2);
    await shop.emulate('/emulator/subscribe-settings', { person: ana.person, template_id: TEMPLATE });
    await heard(shop);
    expect(await sendsLeft(ana, KIND)).toBe(0);
    await allow(shop, ana, KIND);
    expect(await sendsLeft(ana, KIND)).toBe(1);
  });
});

describe('a push', () => {
  it.each(['bad_signature', 'old_signature', 'foreign'])(
    'with %s is not believed, and the true one is',
    async (kind) => {
      await shop.fault('push', kind);
      await answer(shop, ana.person, KIND);
      await heard(shop);
      expect(await sendsLeft(ana, KIND)).toBe(1);
      expect(await pushes(shop)).toEqual({ undelivered: 0, accepted_forgeries: 0 });
    },
  );

  it('of somebody who has never logged in changes nothing, and leads to nobody afterwards', async () => {
    await answer(shop, 'nobody', KIND);
    await heard(shop);
    const left = await shop.rows('SELECT id FROM wechat_push WHERE openid_index IS NOT NULL');
    expect(left).toEqual([]);
  });

  it('in XML is refused, and so is one without a signature', async () => {
    const post = (body: string, type: string): Promise<Response> =>
      fetch(`${shop.url}/wechat/push`, { method: 'POST', body, headers: { 'content-type': type } });
    expect((await post('<xml/>', 'text/xml')).status).toBe(415);
    const unsigned = await post('{"Encrypt":"AAAA"}', 'application/json');
    expect([unsigned.status, await unsigned.text()]).toEqual([401, 'BAD_SIGNATURE']);
    expect((await post('{}', 'application/json')).status).toBe(400);
    expect((await fetch(`${shop.url}/wechat/push?echostr=hello`)).status).toBe(401);
  });
});

describe('what one wants to be sent', () => {
  it('is everything until it is switched off; the inbox has it all the same', async () => {
    await allow(shop, ana, KIND, 2);
    expect((await settingsOf(ana)).kinds.every(({ isOn }) => isOn)).toBe(true);
    const { kinds } = await switchTo(ana, KIND, false);
    expect(kinds.find(({ kind }) => kind === KIND)).toMatchObject({ isOn: false, templateId: TEMPLATE, sendsLeft: 2 });
    await switchTo(ana, KIND, false);
    await tell(shop, await ana.userId());
    await send(shop);
    expect(await delivered(shop, ana.person)).toEqual([]);
    expect(await deliveriesOf(shop, ana)).toEqual(['DROPPED SWITCHED_OFF']);
    await switchTo(ana, KIND, true);
    await tell(shop, await ana.userId());
    await send(shop);
    expect(await delivered(shop, ana.person)).toHaveLength(1);
  });

  it('is each person’s own', async () => {
    const bo = await shop.login(`bo-${people}`);
    await switchTo(ana, KIND, false);
    expect((await settingsOf(bo)).kinds.every(({ isOn }) => isOn)).toBe(true);
  });
});
