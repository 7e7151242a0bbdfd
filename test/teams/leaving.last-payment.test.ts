import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOffer } from '../support/builders.js';
import { Shop } from '../support/shop.js';
import { expectEqualBooks, expectSettled, settle } from '../support/sound.js';
import { forEachOf, openTeams, outcomes } from './buyer.js';
import { Meeting } from './meeting.js';
import { refundsOf, standing } from './rows.js';

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
});
afterAll(async () => {
  await shop.close();
});

describe('leaving against the last payment', () => {
  const PAIRS = 200;
  const PAIRS_AT_ONCE = 20;

  it('forms the team with the leaver in it, or refunds the leaver and frees the seat, two hundred times', async () => {
    const { offer } = await anOffer(shop, { size: 2, stock: 1_000 });
    const pairs = await openTeams(shop, offer.id, PAIRS, 1);
    const paying = await forEachOf(pairs, async ({ others: [last], opened }) => {
      const seat = await last!.join(opened.teamId);
      await last!.payPrepaid(await last!.prepay(seat), { notify: { lose: true } });
      return seat;
    });

    const meeting = new Meeting();
    const answers: string[] = [];
    for (let start = 0; start < PAIRS; start += PAIRS_AT_ONCE) {
      const some = pairs.slice(start, start + PAIRS_AT_ONCE);
      await forEachOf(some, ({ others: [last] }, index) => last!.confirm(paying[start + index]!));
      // The teams hear of the payments while the openers leave.
      const leaving = some.map(
        ({ opener, opened }) =>
          () =>
            outcomes([opener.leave(opened.id)]),
      );
      const [, left] = await meeting.of(() => Promise.all([shop.drain(), shop.drain()]), leaving);
      answers.push(...left.flatMap((answer) => Object.keys(answer)));
    }
    await settle(shop);

    const refunds = await refundsOf(shop, [...pairs.map(({ opened }) => opened), ...paying]);
    const ends = await forEachOf(pairs, async ({ opened, opener, others: [last] }, index) => {
      const { status, openedById, seats } = await standing(shop, opened.teamId);
      const refunded = refunds.filter(({ orderId }) => orderId === opened.orderId).map(({ reason }) => reason);
      const owner = openedById === opener.id ? 'opener' : openedById === last!.id ? 'heir' : 'nobody';
      return { answer: answers[index], status, owner, seats, refunded };
    });
    const formed = {
      answer: 'TeamAlreadyFormed',
      status: 'FORMED',
      owner: 'opener',
      seats: ['CONFIRMED', 'CONFIRMED'],
    };
    const left = { answer: 'Seat', status: 'FORMING', owner: 'heir', seats: ['REFUNDED', 'PAID'] };
    expect(ends).toEqual(
      ends.map(({ answer }) => (answer === 'Seat' ? { ...left, refunded: ['LEFT'] } : { ...formed, refunded: [] })),
    );
    expect(refunds).toHaveLength(answers.filter((answer) => answer === 'Seat').length);
  }, 180_000);
});

it('leaves books, seats and stock sound after all of it', async () => {
  await expectSettled(shop);
  await expectEqualBooks(shop);
});
