import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idBytes, newId, secondsAfter, Transactor } from '#common';
import { type DeliveryStatus, InboxService } from '#notifications';
import type { Phone } from '../support/phone.js';
import type { Shop } from '../support/shop.js';
import { expectSettled, settle, until } from '../support/sound.js';
import { workUntil } from '../support/worker.js';
import { answer, delivered, heard, NOON, openPostShop, pushes, report, sendsLeft, TEMPLATE_IDS } from './postbox.js';

const KIND = 'REFUND_SUCCEEDED';
const PEOPLE = 10;
const TOLD_EACH = 6;
const SEED = 20_260_310;
const WORKERS = 2;

let shop: Shop;
let phones: Phone[];

beforeAll(async () => {
  shop = await openPostShop({
    environment: {
      ...{ JOB_LEASE_SECONDS: '3', JOB_POLL_MILLISECONDS: '20', JOB_CONCURRENCY: '8', SCHEDULE_EVERY_SECONDS_MAX: '1' },
      ...{ WECHAT_TIMEOUT_MILLISECONDS: '1500', MESSAGE_QUIET_FROM: '00:00', MESSAGE_QUIET_UNTIL: '00:00' },
      MESSAGES_PER_DAY_MAX: '100',
    },
  });
  phones = [];
  for (let person = 0; person < PEOPLE; person += 1) phones.push(await shop.login(`person-${person}`));
}, 180_000);
afterAll(async () => {
  await shop.close();
});

/** How many yeses a person has given: from none to more than there are messages. */
const yesesOf = (person: number): number => person % (TOLD_EACH + 2);

/** One message of its own amount for each of what happens, so that each is known again in somebody's WeChat. */
async function tellAll(): Promise<void> {
  for (const [person, phone] of phones.entries()) {
    const userId = await phone.userId();
    const news = Array.from({ length: TOLD_EACH }, (_, index) => ({
      ...{ userId, subjectId: newId('order'), occasionId: newId('refund') },
      params: { title: '苹果', amountMinor: person * 100 + index + 1, at: NOON.toISOString() },
    }));
    await shop.get(Transactor).run((db) => shop.get(InboxService).tell(db, KIND, news));
  }
}

async function countOf(...statuses: DeliveryStatus[]): Promise<number> {
  const [row] = await shop.rows<{ found: string }>(
    'SELECT COUNT(*) AS found FROM message_delivery WHERE status IN (?)',
    [statuses],
  );
  return Number(row?.found);
}

let hours = 0;

/** What waits to be tried again is due, an hour later. */
async function passAnHour(): Promise<void> {
  hours += 1;
  await shop.setTime(secondsAfter(NOON, hours * 3_600));
}

describe('while WeChat misbehaves and workers are killed', () => {
  it('no message is sent without a yes, and none twice', async () => {
    await shop.emulate('/emulator/misbehaviour', { seed: SEED, rate: 0.35, operations: ['push'] });
    for (const [person, phone] of phones.entries()) {
      for (let yes = 0; yes < yesesOf(person); yes += 1) {
        await answer(shop, phone.person, KIND);
        const key = `yes-${person}-${yes}-of-chaos`;
        await Promise.all([
          report(phone, [[TEMPLATE_IDS[KIND], true]], key),
          report(phone, [[TEMPLATE_IDS[KIND], true]], key),
        ]);
      }
    }
    await heard(shop);
    for (const [person, phone] of phones.entries()) expect(await sendsLeft(phone, KIND)).toBe(yesesOf(person));

    await shop.emulate('/emulator/misbehaviour', {
      seed: SEED,
      rate: 0.35,
      operations: ['send_message', 'push', 'token'],
    });
    await tellAll();
    await workUntil(shop.environment, WORKERS, async () => (await countOf('SENT')) > 5, 'some messages are sent');
    // Whoever has died in the middle is known by the time that has passed; nobody else is at it.
    await shop.rows(
      "UPDATE message_delivery SET started_at = started_at - INTERVAL 10 MINUTE WHERE status = 'SENDING'",
    );
    await workUntil(
      shop.environment,
      WORKERS,
      async () => {
        await passAnHour();
        return (await countOf('WAITING', 'SENDING')) === 0 || hours > 40;
      },
      'every message is sent or given up',
    );
    await shop.rows(
      "UPDATE message_delivery SET started_at = started_at - INTERVAL 10 MINUTE WHERE status = 'SENDING'",
    );
    await workUntil(
      shop.environment,
      WORKERS,
      async () => (await countOf('WAITING', 'SENDING')) === 0,
      'nothing is left of it',
    );
    await fetch(`${shop.emulator.url}/emulator/misbehaviour`, { method: 'DELETE' });
    await shop.rows("UPDATE job SET run_at = NOW(3) WHERE status = 'READY' AND repeat_seconds IS NULL");
    await until(async () => (await pushes(shop)).undelivered === 0, 'every push is heard or given up');
    await settle(shop);

    for (const [person, phone] of phones.entries()) {
      const amounts = (await delivered(shop, phone.person)).map(({ data }) => data['amount2']);
      expect(new Set(amounts).size).toBe(amounts.length);
      const allowed = Math.min(yesesOf(person), TOLD_EACH);
      const rows = await shop.rows<{ status: DeliveryStatus }>(
        'SELECT status FROM message_delivery WHERE user_id = ?',
        [idBytes(await phone.userId())],
      );
      const [sent, unknown] = (['SENT', 'UNKNOWN'] as const).map(
        (one) => rows.filter(({ status }) => status === one).length,
      );
      expect(rows).toHaveLength(TOLD_EACH);
      expect(sent! + unknown!).toBe(allowed);
      expect(amounts.length).toBeGreaterThanOrEqual(sent!);
      expect(amounts.length).toBeLessThanOrEqual(sent! + unknown!);
    }
    expect(await pushes(shop)).toEqual({ undelivered: 0, accepted_forgeries: 0 });
  }, 240_000);

  it('nothing is broken afterwards', async () => {
    await expectSettled(shop);
  }, 120_000);
});
