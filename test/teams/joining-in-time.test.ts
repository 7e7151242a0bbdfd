import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { idBytes } from '#common';
import { anOffer } from '../support/builders.js';
import { untilTeamIsAskedFor } from '../support/locks.js';
import { Shop } from '../support/shop.js';
import { buyers, outcomes, paidTeam } from './buyer.js';

const HOUR = 3_600_000;

let shop: Shop;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
});
afterAll(async () => {
  await shop.close();
});

it('a claim that waits for its team is judged by the time at which it gets the team, not at which it asked', async () => {
  const { offer } = await anOffer(shop, { size: 3, ttlSeconds: 3_600 });
  const { teamId } = await paidTeam(shop, offer.id, 1);
  const [bo] = await buyers(shop, 1);
  const holder = shop.source.createQueryRunner();
  await holder.startTransaction();
  await holder.query('SELECT id FROM team WHERE id = ? FOR UPDATE', [idBytes(teamId)]);

  const joining = outcomes([bo!.join(teamId)]);
  await untilTeamIsAskedFor(shop);
  await shop.setTime(new Date(Date.now() + 2 * HOUR));
  await holder.commitTransaction();
  await holder.release();

  expect(await joining).toEqual({ TeamClosed: 1 });
});
