import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idBytes, Metrics, secondsAfter } from '#common';
import { DeliveryDriver } from '#notifications';
import { RetentionService } from '../../src/privacy/retention.service.js';
import { erase } from '../privacy/erasing.js';
import type { Phone } from '../support/phone.js';
import type { Shop } from '../support/shop.js';
import { expectSettled } from '../support/sound.js';
import {
  allow,
  answer,
  delivered,
  deliveriesOf,
  inboxOf,
  NOON,
  openPostShop,
  send,
  sendsLeft,
  switchTo,
  tell,
} from './postbox.js';

const KIND = 'REFUND_SUCCEEDED';
const HOUR_SECONDS = 3_600;
const later = (hours: number): Date => secondsAfter(NOON, hours * HOUR_SECONDS);

let shop: Shop;
let ana: Phone;
let people = 0;

beforeAll(async () => {
  shop = await openPostShop({ environment: { WECHAT_TIMEOUT_MILLISECONDS: '1000' } });
});
beforeEach(async () => {
  people += 1;
  await shop.setTime(NOON);
  ana = await shop.login(`ana-${people}`);
});
afterEach(async () => {
  await expectSettled(shop);
});
afterAll(async () => {
  await shop.close();
});

/** Something happens that somebody has allowed to be told of, and is sent. */
async function sent(kind: Parameters<typeof tell>[2] = KIND): Promise<string[]> {
  await allow(shop, ana, kind);
  await tell(shop, await ana.userId(), kind);
  await send(shop);
  return deliveriesOf(shop, ana);
}

describe('a message', () => {
  it('is sent once for one yes, however often the work is done', async () => {
    expect(await sent()).toEqual(['SENT']);
    await Promise.all(Array.from({ length: 5 }, () => shop.get(DeliveryDriver).deliverDue()));
    expect(await delivered(shop, ana.person)).toHaveLength(1);
    expect(await sendsLeft(ana, KIND)).toBe(0);
  });

  it('is sent by one of many workers', async () => {
    await allow(shop, ana, KIND, 2);
    await tell(shop, await ana.userId());
    await Promise.all(Array.from({ length: 5 }, () => shop.get(DeliveryDriver).deliverDue()));
    expect(await delivered(shop, ana.person)).toHaveLength(1);
    expect(await sendsLeft(ana, KIND)).toBe(1);
  });

  it('is not sent for a yes that comes later', async () => {
    await tell(shop, await ana.userId());
    await send(shop);
    await allow(shop, ana, KIND);
    await send(shop);
    expect(await deliveriesOf(shop, ana)).toEqual(['DROPPED NO_GRANT']);
    expect(await inboxOf(ana)).toHaveLength(1);
  });

  it('of two with one yes between them is one', async () => {
    await allow(shop, ana, KIND);
    await tell(shop, await ana.userId(), KIND, 2);
    await send(shop);
    expect((await deliveriesOf(shop, ana)).toSorted()).toEqual(['DROPPED NO_GRANT', 'SENT']);
    expect(await delivered(shop, ana.person)).toHaveLength(1);
  });
});

it('what became of messages is told to whoever watches the shop', async () => {
  await shop.fault('send_message', 'refuse', 1, '47003');
  await sent();
  await sent('PARCEL_SHIPPED');
  const metrics = await shop.get(Metrics).text();
  expect(metrics).toMatch(/haotuan_messages\{status="REFUSED",code="47003"\} [1-9]/);
  expect(metrics).toMatch(/haotuan_messages\{status="SENT",code="none"\} [1-9]/);
});

describe('an answer that never comes', () => {
  it.each(['timeout_after', 'timeout_before', 'hang'])('by %s leaves the message alone for good', async (kind) => {
    await shop.fault('send_message', kind);
    const [standing] = await sent();
    await shop.setTime(later(1));
    await send(shop);
    expect(await delivered(shop, ana.person)).toHaveLength(kind === 'timeout_after' ? 1 : 0);
    // WeChat tells of what was delivered, whether it has answered or not.
    expect(standing).toMatch(kind === 'timeout_after' ? /^SENT / : /^UNKNOWN /);
    expect(await sendsLeft(ana, KIND)).toBe(0);
  });

  it('and one that says busy, are not asked again', async () => {
    await shop.fault('send_message', 'refuse', 1, '-1');
    expect(await sent()).toEqual(['UNKNOWN -1']);
    await shop.setTime(later(1));
    await send(shop);
    expect(await delivered(shop, ana.person)).toEqual([]);
  });

  it('because whoever asked has died, is given up after five minutes', async () => {
    await allow(shop, ana, KIND);
    await tell(shop, await ana.userId());
    await shop.rows(
      `UPDATE message_delivery SET status = 'SENDING', intended_at = due_at, started_at = NOW(3) - INTERVAL 6 MINUTE, template_id = 'tpl_refundSucceeded' WHERE user_id = ?`,
      [idBytes(await ana.userId())],
    );
    await shop.rows('UPDATE message_grant SET taken = 1 WHERE user_id = ?', [idBytes(await ana.userId())]);
    await send(shop);
    expect(await deliveriesOf(shop, ana)).toEqual(['UNKNOWN DIED']);
    expect(await delivered(shop, ana.person)).toEqual([]);
  });

  it('to the question for a token costs nothing: the message was never on its way', async () => {
    const fresh = await openPostShop();
    try {
      const cy = await fresh.login('cy');
      await allow(fresh, cy, KIND);
      await tell(fresh, await cy.userId());
      await fresh.fault('token', 'timeout_before');
      await send(fresh);
      expect(await deliveriesOf(fresh, cy)).toEqual(['WAITING NETWORK']);
      expect(await sendsLeft(cy, KIND)).toBe(1);
      await fresh.setTime(later(1));
      await send(fresh);
      expect(await deliveriesOf(fresh, cy)).toEqual(['SENT']);
    } finally {
      await fresh.close();
    }
  });
});

describe('a no', () => {
  it('because the person allows none voids what we counted', async () => {
    await allow(shop, ana, KIND, 3);
    await shop.fault('send_message', 'refuse', 1, '43101');
    await tell(shop, await ana.userId());
    await send(shop);
    expect(await deliveriesOf(shop, ana)).toEqual(['REFUSED 43101']);
    expect(await sendsLeft(ana, KIND)).toBe(0);
  });

  it.each(['47003', '40037', '41030', '40003', '43107'])('of %s ends it, and gives the grant back', async (code) => {
    await shop.fault('send_message', 'refuse', 1, code);
    expect(await sent()).toEqual([`REFUSED ${code}`]);
    expect(await sendsLeft(ana, KIND)).toBe(1);
  });

  it('because it was too much for now is asked again later, with the same grant', async () => {
    await shop.fault('send_message', 'refuse', 1, '45009');
    expect(await sent()).toEqual(['WAITING 45009']);
    await send(shop);
    expect(await delivered(shop, ana.person)).toEqual([]);
    await shop.setTime(secondsAfter(NOON, 61));
    await send(shop);
    expect(await deliveriesOf(shop, ana)).toEqual(['SENT']);
    expect(await sendsLeft(ana, KIND)).toBe(0);
  });

  it('that lasts until it is pointless drops it', async () => {
    await shop.fault('send_message', 'refuse', 1, '45009');
    await sent();
    await shop.setTime(later(73));
    await send(shop);
    expect(await deliveriesOf(shop, ana)).toEqual(['DROPPED STALE']);
    expect(await sendsLeft(ana, KIND)).toBe(1);
  });
});

describe('people are left alone', () => {
  it('by night: all but money waits for the morning', async () => {
    await shop.setTime(later(11));
    await allow(shop, ana, 'PARCEL_SHIPPED');
    await tell(shop, await ana.userId(), 'PARCEL_SHIPPED');
    expect(await sent()).toEqual(['WAITING', 'SENT']);
    await shop.setTime(later(19.9));
    await send(shop);
    expect(await delivered(shop, ana.person)).toHaveLength(1);
    await shop.setTime(later(20));
    await send(shop);
    expect(await delivered(shop, ana.person)).toHaveLength(2);
  });

  it('after ten messages in a day, until the day is over', async () => {
    await allow(shop, ana, KIND, 12);
    const userId = await ana.userId();
    await tell(shop, userId, KIND, 11);
    await send(shop);
    expect(await delivered(shop, ana.person)).toHaveLength(10);
    expect((await deliveriesOf(shop, ana)).filter((each) => each === 'DROPPED TOO_MANY')).toHaveLength(1);
    await shop.setTime(later(24.1));
    await tell(shop, userId);
    await send(shop);
    expect(await delivered(shop, ana.person)).toHaveLength(11);
    expect(await inboxOf(ana)).toHaveLength(12);
  });

  it('about a kind after five of it, when other kinds go on', async () => {
    await allow(shop, ana, 'PARCEL_SHIPPED', 6);
    await tell(shop, await ana.userId(), 'PARCEL_SHIPPED', 6);
    expect((await sent()).toSorted()).toEqual(['DROPPED TOO_MANY', ...Array<string>(6).fill('SENT')]);
  });

  it('from the moment at which they say so, though the message waits already', async () => {
    await allow(shop, ana, KIND);
    await tell(shop, await ana.userId());
    await switchTo(ana, KIND, false);
    await send(shop);
    expect(await deliveriesOf(shop, ana)).toEqual(['DROPPED SWITCHED_OFF']);
  });

  it('once they are shut out', async () => {
    const olga = await shop.operator('olga');
    const userId = await ana.userId();
    await allow(shop, ana, KIND);
    await tell(shop, userId);
    const input = { userId, reason: '倒卖' };
    await olga.ask('mutation ($input: UserChangeInput!) { userDisable(input: $input) { __typename } }', { input });
    await send(shop);
    expect(await delivered(shop, ana.person)).toEqual([]);
  });
});

describe('whoever leaves', () => {
  it('is told nothing any more, and nothing is left of what they were told', async () => {
    await sent();
    await allow(shop, ana, KIND, 2);
    await switchTo(ana, 'TEAM_FORMED', false);
    const userId = await ana.userId();
    await tell(shop, userId);
    const exported = await fetch(`${shop.url}/privacy/export`, {
      headers: { authorization: `Bearer ${ana.accessToken!}` },
    });
    const lines = (await exported.text()).split('\n').filter((line) => line.includes('"MESSAGE'));
    expect(lines).toHaveLength(4);
    expect(await erase(ana)).toMatchObject({ __typename: 'AccountErased' });
    await answer(shop, ana.person, KIND);
    await send(shop);
    await tell(shop, userId);
    for (const table of ['message', 'message_delivery', 'message_grant', 'message_setting'])
      expect(await shop.rows(`SELECT 1 FROM ${table} WHERE user_id = ?`, [idBytes(userId)])).toEqual([]);
  });

  it('need not: after half a year a message is gone by itself', async () => {
    await sent();
    await shop.setTime(later(181 * 24));
    await shop.get(RetentionService).apply();
    expect(await inboxOf(ana)).toEqual([]);
    expect(await deliveriesOf(shop, ana)).toEqual([]);
  });
});
