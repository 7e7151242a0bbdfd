import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogService } from '#catalog';
import { secondsAfter } from '#common';
import { OffersService } from '#teams';
import { anOffer } from '../../support/builders.js';
import type { Client } from '../../support/client.js';
import type { Phone } from '../../support/phone.js';
import { Shop } from '../../support/shop.js';
import { expectSound } from '../../support/sound.js';

const HOUR_SECONDS = 3_600;

const PAGE = `query ($id: ID!) { teamPage(id: $id) {
  serverTime secondsLeft seatsLeft
  team {
    id status size seatsPaid expiresAt
    prices { priceMinor singlePriceMinor unitsLeft sku { code title priceMinor } }
    members { isOpener isPaid isYou }
    mySeat { id status order { id status checkout { id payUntil } } }
    whyNotJoin { __typename message ... on TeamFull { size } ... on BuyerLimitReached { unitsPerBuyer } }
    whyNotLeave { __typename message }
    offer { endsAt frozenAt product { name } whyNotOpen { __typename message } }
  }
  otherTeams { id seatsPaid size members { isOpener } mySeat { id } }
} }`;

interface Page {
  readonly serverTime: string;
  readonly secondsLeft: number | null;
  readonly seatsLeft: number;
  readonly team: {
    readonly status: string;
    readonly prices: object[];
    readonly members: object[];
    readonly mySeat: { readonly id: string; readonly status: string } | null;
    readonly whyNotJoin: { readonly __typename: string; readonly message: string } | null;
    readonly whyNotLeave: { readonly __typename: string } | null;
    readonly offer: { readonly whyNotOpen: { readonly __typename: string } | null };
  };
  readonly otherTeams: { readonly id: string; readonly seatsPaid: number; readonly mySeat: object | null }[];
}

let shop: Shop;
let ana: Phone;
let bo: Phone;
let cy: Phone;
let di: Phone;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
  [ana, bo, cy, di] = (await Promise.all(['ana', 'bo', 'cy', 'di'].map((person) => shop.login(person)))) as [
    Phone,
    Phone,
    Phone,
    Phone,
  ];
});
afterAll(async () => {
  await shop.close();
});

const pageOf = (client: Client, id: string): Promise<Page> => client.ask<Page>(PAGE, { id });

async function pay(phone: Phone, checkoutId: string): Promise<void> {
  await phone.pay(checkoutId, { notify: { lose: true } });
  await phone.confirmPayment(checkoutId);
  await shop.drain();
}

/** A team that somebody has opened and paid for. */
async function openedBy(phone: Phone, offerId: string): Promise<string> {
  const { team, order } = await phone.open(offerId);
  await pay(phone, order.checkout.id);
  return team.id;
}

describe('the page of a team', () => {
  it('tells a stranger all there is to know in one query, and nothing about persons', async () => {
    const { offer } = await anOffer(shop, { size: 3, stock: 20, unitsMax: 10 });
    const teamId = await openedBy(ana, offer.id);
    const later = await openedBy(bo, offer.id);

    const page = await pageOf(shop.guest, teamId);
    expect(page).toMatchObject({
      seatsLeft: 2,
      team: {
        ...{ status: 'FORMING', size: 3, seatsPaid: 1, mySeat: null, whyNotJoin: null, whyNotLeave: null },
        prices: [{ priceMinor: 8_000, singlePriceMinor: 10_000, unitsLeft: 8, sku: { priceMinor: 10_000 } }],
        members: [{ isOpener: true, isPaid: true, isYou: false }],
        offer: { frozenAt: null, whyNotOpen: null },
      },
      otherTeams: [{ id: later }],
    });
    expect(page.secondsLeft).toBeLessThanOrEqual(24 * HOUR_SECONDS);
    expect(page.secondsLeft).toBeGreaterThan(23 * HOUR_SECONDS);
  });

  it('counts down by the shop’s clock, never below zero', async () => {
    const { offer } = await anOffer(shop, { ttlSeconds: HOUR_SECONDS });
    const teamId = await openedBy(ana, offer.id);
    const { serverTime } = await pageOf(shop.guest, teamId);
    const opened = new Date(serverTime);
    await shop.setTime(secondsAfter(opened, 1_800));
    expect((await pageOf(shop.guest, teamId)).secondsLeft).toBe(1_800);
    await shop.setTime(secondsAfter(opened, 2 * HOUR_SECONDS));
    const over = await pageOf(shop.guest, teamId);
    expect([over.secondsLeft, over.team.whyNotJoin?.__typename]).toEqual([0, 'TeamClosed']);
    await shop.setTime(opened);
  });

  it('shows each member their own seat and which buttons work, until nobody may leave', async () => {
    const { offer } = await anOffer(shop, { size: 2 });
    const teamId = await openedBy(ana, offer.id);
    const seat = await bo.join(teamId);
    const whyNot = async (phone: Client): Promise<unknown[]> => {
      const { team } = await pageOf(phone, teamId);
      return [team.mySeat?.status, team.whyNotJoin?.__typename, team.whyNotLeave?.__typename];
    };
    expect(await whyNot(ana)).toEqual(['PAID', 'SeatAlreadyHeld', undefined]);
    expect(await whyNot(bo)).toEqual(['HELD', 'SeatAlreadyHeld', undefined]);
    expect(await whyNot(cy)).toEqual([undefined, 'TeamFull', undefined]);
    await pay(bo, seat.order.checkout.id);
    expect(await whyNot(ana)).toEqual(['CONFIRMED', 'SeatAlreadyHeld', 'TeamAlreadyFormed']);
    expect(await whyNot(cy)).toEqual([undefined, 'TeamClosed', undefined]);
    expect((await pageOf(cy, teamId)).secondsLeft).toBeNull();
  });

  it('speaks the language of the request', async () => {
    const { offer } = await anOffer(shop, { size: 2, unitsPerBuyer: 1 });
    const teamId = await openedBy(ana, offer.id);
    const answers = await Promise.all(
      ['zh-CN', 'en'].map((language) => ana.send(PAGE, { id: teamId }, { 'accept-language': language })),
    );
    const messages = answers.map(({ data }) => {
      const { team } = (data as unknown as { teamPage: Page }).teamPage;
      return [team.whyNotJoin?.message, (team.offer.whyNotOpen as { message?: string } | null)?.message];
    });
    expect(messages).toEqual([
      ['您已在该团中。', '该活动每人限购1件。'],
      ['You have a seat in this team already.', 'One buyer may have 1 by this offer.'],
    ]);
  });

  it('is seen by nobody but the opener before the opener has paid', async () => {
    const { offer } = await anOffer(shop);
    const { team } = await cy.open(offer.id);
    expect(await pageOf(shop.guest, team.id)).toBeNull();
    expect(await pageOf(bo, team.id)).toBeNull();
    expect((await pageOf(cy, team.id)).team).toMatchObject({ status: 'PENDING', mySeat: { status: 'HELD' } });
  });

  it('shows a price for each SKU, and what is left of it', async () => {
    const offer = await shop.source.transaction(async (db) => {
      const because = { by: 'command:test', reason: 'two SKUs' } as const;
      const product = {
        ...{ supplier: '好团自营', name: '两种规格的梨', category: '水果', description: '测试' },
        skus: [
          { code: 'PEAR-5', title: '5斤', priceMinor: 3_000, quantity: 10 },
          { code: 'PEAR-10', title: '10斤', priceMinor: 5_500, quantity: 3 },
        ],
      };
      const [small, large] = await shop.get(CatalogService).add(db, [product], because);
      return shop.get(OffersService).add(db, {
        ...{ size: 2, ttlSeconds: HOUR_SECONDS, unitsPerOrder: 2, unitsPerBuyer: 4 },
        prices: [
          { skuId: small!.sku.id, priceMinor: 2_500, unitsMax: 4 },
          { skuId: large!.sku.id, priceMinor: 4_500, unitsMax: 8 },
        ],
        startsAt: new Date('2020-01-01'),
        endsAt: new Date('2099-01-01'),
        ...because,
      });
    });
    const skus = await shop.rows<{ id: string; code: string }>(
      "SELECT HEX(id) AS id, code FROM sku WHERE code LIKE 'PEAR-%'",
    );
    expect(skus).toHaveLength(2);
    const { prices } = await shop.guest.ask<{ prices: { sku: { id: string } }[] }>(
      'query ($id: ID!) { offer(id: $id) { prices { priceMinor unitsLeft sku { id code } } } }',
      { id: offer.id },
    );
    expect(prices).toMatchObject([
      { priceMinor: 2_500, unitsLeft: 4, sku: { code: 'PEAR-5' } },
      { priceMinor: 4_500, unitsLeft: 3, sku: { code: 'PEAR-10' } },
    ]);
  });
});

describe('the list of teams to join', () => {
  it('has those nearest to full first, and leaves out one’s own, the full, the unpaid and those of frozen offers', async () => {
    const { offer } = await anOffer(shop, { size: 3 });
    const list = async (client: Client): Promise<string[]> => {
      const { edges } = await client.ask<{ edges: { node: { id: string } }[] }>(
        'query ($id: ID!) { teams(offerId: $id) { edges { node { id } } } }',
        { id: offer.id },
      );
      return edges.map(({ node }) => node.id);
    };
    const [hers, his] = [await openedBy(ana, offer.id), await openedBy(bo, offer.id)];
    await cy.open(offer.id);
    const full = await openedBy(di, offer.id);
    await Promise.all([ana.join(full), bo.join(full)]);
    expect(await list(shop.guest)).toEqual([his, hers]);
    await pay(cy, (await cy.join(hers)).order.checkout.id);
    expect(await list(shop.guest)).toEqual([hers, his]);
    expect(await list(ana)).toEqual([his]);
    expect(await list(cy)).toEqual([his]);

    const { joinableTeams } = await bo.ask<{ joinableTeams: { id: string }[] }>(
      'query ($id: ID!) { offer(id: $id) { joinableTeams { id } } }',
      { id: offer.id },
    );
    expect(joinableTeams.map(({ id }) => id)).toEqual([hers]);

    // Di does not want to meet Ana: neither finds the other's teams any more, and taking it back mends it.
    const BLOCK = `mutation ($input: TeamOpenerBlockInput!) { teamOpenerBlock(input: $input) {
      __typename ... on UserBlock { id } ... on Refusal { message } } }`;
    const block = (phone: Phone, teamId: string): Promise<{ __typename: string; id: string }> =>
      phone.ask(BLOCK, { input: { teamId } });
    const blocked = await block(di, hers);
    expect(await block(di, hers)).toEqual(blocked);
    const theirs = await openedBy(di, offer.id);
    expect(await list(di)).toEqual([his]);
    expect(await list(ana)).toEqual([his]);
    expect(await list(bo)).toEqual([hers, theirs]);
    expect((await block(ana, hers)).__typename).toBe('CannotBlockOneself');
    await di.ask('mutation ($id: ID!) { personUnblock(input: { blockId: $id }) }', { id: blocked.id });
    expect(await list(di)).toEqual([hers, his]);
    expect(await list(ana)).toEqual([theirs, his]);
    await shop.get(OffersService).freeze(offer.id, { by: 'command:test', reason: '价格有误' });
    expect(await list(shop.guest)).toEqual([]);
    await expectSound(shop);
  });
});
