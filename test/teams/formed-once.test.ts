import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { idBytes } from '#common';
import { FormingService } from '#teams';
import { anOffer } from '../support/builders.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';
import { paidTeam } from './buyer.js';
import { standing } from './rows.js';

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(async () => {
  await shop.close();
});

it('a team that a sweep finds formed by the time it gets to it has formed once', async () => {
  const { offer } = await anOffer(shop, { size: 2 });
  const { teamId } = await paidTeam(shop, offer.id, 2);
  const formed = await standing(shop, teamId);
  expect(formed).toMatchObject({ status: 'FORMED', seats: ['CONFIRMED', 'CONFIRMED'] });

  await shop.get(FormingService).advance(teamId);

  expect(await standing(shop, teamId)).toEqual(formed);
  const times = "SELECT 1 FROM status_move WHERE subject = 'team' AND subject_id = ? AND to_status = 'FORMED'";
  expect(await shop.rows(times, [idBytes(teamId)])).toHaveLength(1);
  await expectSound(shop);
});
