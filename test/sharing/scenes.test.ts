import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Product } from '#catalog';
import { newId } from '#common';
import { Team, type TeamId } from '#teams';
import { RetentionService } from '../../src/privacy/retention.service.js';
import { CARD_TITLE_CHARACTERS_MAX, UNKNOWN_SCENES } from '../../src/sharing/sharing.limits.js';
import { erase } from '../privacy/erasing.js';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { behind, CARD, type CardAnswer, linkTo, RESOLVE, share, type Thing } from './sharer.js';

let shop: Shop;
let sale: OnSale;
let ana: Phone;
let thing: Thing;

beforeAll(async () => {
  shop = await Shop.open();
  sale = await anOffer(shop, { size: 3, priceMinor: 10_000, teamPriceMinor: 8_000 });
  ana = await shop.login('ana');
  thing = { targetType: 'PRODUCT', targetId: sale.productId };
});
afterAll(async () => {
  await shop.close();
});

/** A team that somebody has opened, and paid for unless the test says otherwise. */
async function aTeam(opener: Phone, isPaid = true): Promise<Thing> {
  const { team, order } = await opener.open(sale.offer.id);
  if (isPaid) {
    await opener.pay(order.checkout.id, { notify: { lose: true } });
    await opener.confirmPayment(order.checkout.id);
    await shop.drain();
  }
  return { targetType: 'TEAM', targetId: team.id };
}

describe('a scene', () => {
  it('is the same for one person and thing however often and at once it is asked for, and another for anybody else', async () => {
    const scenes = await Promise.all(Array.from({ length: 20 }, () => share(ana, thing)));
    expect(new Set(scenes.map(({ scene }) => scene)).size).toBe(1);
    expect(scenes[0]!.scene).toMatch(/^[0-9A-Za-z]{10}$/);
    const bo = await shop.login('bo');
    expect((await share(bo, thing)).scene).not.toBe(scenes[0]!.scene);
    expect((await share(ana, await aTeam(ana))).scene).not.toBe(scenes[0]!.scene);
    expect(await shop.rows('SELECT id FROM share_scene')).toHaveLength(3);
  });

  it('leads anybody to what was shared, and case matters', async () => {
    const { scene } = await share(ana, thing);
    expect(await behind(shop.guest, scene)).toEqual({
      ...{ __typename: 'SharedTarget', ...thing, isOpen: true },
      path: `/pages/product/product?id=${sale.productId}&scene=${scene}`,
    });
    const swapped = scene.replace(/[a-z]/i, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    );
    expect((await behind(shop.guest, swapped)).__typename).toBe('SceneNotFound');
  });

  it.each([
    ['encoded', (scene: string) => encodeURIComponent(`scene=${scene}`)],
    ['encoded twice', (scene: string) => encodeURIComponent(encodeURIComponent(`scene=${scene}`))],
    ['part of a query', (scene: string) => `?from=poster&scene=${scene}`],
  ])('is found when it is %s', async (_how, wrap) => {
    const { scene } = await share(ana, thing);
    expect(await behind(shop.guest, wrap(scene))).toMatchObject(thing);
  });

  it.each(['', '50%', 'a'.repeat(33), '团', 'x'.repeat(10_000)])(
    'cannot be %j, and the field is named',
    async (scene) => {
      const { errors } = await shop.guest.send(RESOLVE, { scene }, { 'accept-language': 'en' });
      expect(errors).toMatchObject([
        {
          extensions: {
            code: 'BAD_USER_INPUT',
            fields: [{ path: 'scene', message: 'Must be what a mini-program code can carry.' }],
          },
        },
      ]);
    },
  );

  it.each<[what: string, thing: Thing, path: string]>([
    ['of another kind', { targetType: 'TEAM', targetId: newId('product') }, 'input.targetId'],
    ['without a prefix', { targetType: 'PRODUCT', targetId: 'x' }, 'input.targetId'],
  ])('is not made for an id %s', async (_what, input, path) => {
    const { errors } = await ana.send(
      'mutation ($input: ShareTargetInput!) { shareSceneCreate(input: $input) { __typename } }',
      { input },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', fields: [{ path }] } }]);
  });

  it('is not made for what does not exist, for what is off sale, or for a team that nobody else sees', async () => {
    const off = await anOffer(shop);
    await shop.source.manager.update(Product, { id: off.productId }, { status: 'OFF_SALE' });
    const things: Thing[] = [
      { targetType: 'PRODUCT', targetId: newId('product') },
      { targetType: 'PRODUCT', targetId: off.productId },
      await aTeam(await shop.login('cy'), false),
    ];
    for (const each of things) expect((await share(ana, each)).__typename).toBe('NotShareable');
  });

  it('says how a thing stands that is not for sale any more, and is not found when strangers see it no longer', async () => {
    const off = await anOffer(shop);
    const team = await aTeam(await shop.login('dee'));
    const scenes = [await share(ana, { targetType: 'PRODUCT', targetId: off.productId }), await share(ana, team)].map(
      ({ scene }) => scene,
    );
    await shop.source.manager.update(Product, { id: off.productId }, { status: 'OFF_SALE' });
    const stand = (status: 'FAILED' | 'ABORTED') =>
      shop.source.manager.update(Team, { id: team.targetId as TeamId }, { status });
    await stand('FAILED');
    for (const scene of scenes) expect(await behind(shop.guest, scene)).toMatchObject({ isOpen: false });
    await stand('ABORTED');
    expect(await behind(shop.guest, scenes[1]!)).toMatchObject({ __typename: 'SceneNotFound' });
    await shop.source.manager.update(Team, { id: team.targetId as TeamId }, { status: 'FORMING' });
  });
});

describe('the card of a thing', () => {
  const cardOf = async (client: Phone | typeof shop.guest, field: string, id: string): Promise<CardAnswer> => {
    const { shareCard } = await client.ask<{ shareCard: CardAnswer }>(
      `query ($id: ID!) { ${field}(id: $id) { shareCard { ${CARD} } } }`,
      { id },
    );
    return shareCard;
  };

  it('has its name, its lowest price and its page, for anybody', async () => {
    const { name } = await shop.source.manager.findOneByOrFail(Product, { id: sale.productId });
    expect(await cardOf(shop.guest, 'product', sale.productId)).toEqual({
      ...{ title: name, path: `/pages/product/product?id=${sale.productId}` },
      ...{ scene: null, priceMinor: 10_000, currency: 'CNY', isOpen: true, image: null },
    });
  });

  it('carries one’s own scene once there is one, and nobody else’s', async () => {
    const { scene, card } = await share(ana, thing);
    expect(card).toMatchObject({ scene, path: `/pages/product/product?id=${sale.productId}&scene=${scene}` });
    expect(await cardOf(ana, 'product', sale.productId)).toEqual(card);
    expect(await cardOf(await shop.login('eve'), 'product', sale.productId)).toMatchObject({ scene: null });
  });

  it('of a team says how many it still wants, in the language of the request, and its own price', async () => {
    const { targetId } = await aTeam(await shop.login('fay'));
    const { name } = await shop.source.manager.findOneByOrFail(Product, { id: sale.productId });
    expect(await cardOf(ana, 'team', targetId)).toMatchObject({
      ...{ title: `还差2人：${name}`, priceMinor: 8_000, isOpen: true, scene: null },
      path: `/pages/team/team?id=${targetId}`,
    });
    const { data } = await ana.send(
      'query ($id: ID!) { team(id: $id) { shareCard { title } } }',
      { id: targetId },
      { 'accept-language': 'en' },
    );
    expect(data).toMatchObject({ team: { shareCard: { title: `We want 2 more: ${name}` } } });
  });

  it('cuts a long name', async () => {
    const { productId } = await anOffer(shop);
    const name = '🍊'.repeat(CARD_TITLE_CHARACTERS_MAX + 1);
    await shop.source.manager.update(Product, { id: productId }, { name });
    const { title } = await cardOf(shop.guest, 'product', productId);
    expect(title).toBe(`${'🍊'.repeat(CARD_TITLE_CHARACTERS_MAX - 1)}…`);
  });

  it('is none of a team whose opener has not paid', async () => {
    const gil = await shop.login('gil');
    const { targetId } = await aTeam(gil, false);
    expect(await cardOf(gil, 'team', targetId)).toBeNull();
  });
});

describe('somebody who has shared', () => {
  it('finds it in the export, and after the account is erased it still opens and names nobody', async () => {
    const hal = await shop.login('hal');
    const { scene } = await share(hal, thing);
    await linkTo(hal, thing);
    const answer = await fetch(`${shop.url}/privacy/export`, {
      headers: { authorization: `Bearer ${hal.accessToken!}` },
    });
    const lines = (await answer.text()).split('\n').filter((line) => line.includes('"category":"SHARES"'));
    expect(lines.filter((line) => line.includes(scene) && line.includes(sale.productId))).toHaveLength(1);
    expect((await erase(hal)).__typename).toBe('AccountErased');
    await shop.drain();
    expect(await behind(shop.guest, scene)).toMatchObject(thing);
    const [row] = await shop.rows<{ maker_id: Buffer | null }>('SELECT maker_id FROM share_scene WHERE code = ?', [
      scene,
    ]);
    expect(row!.maker_id).toBeNull();
    expect(await shop.rows("SELECT 1 FROM share_quota WHERE kind = 'PERSON'")).toEqual([]);
  });

  it('leaves no link behind that has ended long ago, and no count', async () => {
    const ivy = await shop.login('ivy');
    await linkTo(ivy, thing);
    for (const change of [
      'UPDATE share_artifact SET made_at = made_at - INTERVAL 61 DAY, expires_at = expires_at - INTERVAL 61 DAY',
      'UPDATE share_quota SET starts_at = starts_at - INTERVAL 31 DAY',
      'UPDATE share_call SET called_at = called_at - INTERVAL 31 DAY',
    ])
      await shop.rows(change);
    await shop.get(RetentionService).apply();
    for (const table of ['share_artifact', 'share_quota', 'share_call'])
      expect(await shop.rows(`SELECT 1 FROM ${table}`)).toEqual([]);
  });
});

it('an address that guesses scenes is not answered any more, not even with what it has found', async () => {
  const { scene } = await share(ana, thing);
  const answers = await Promise.all(
    Array.from({ length: UNKNOWN_SCENES.failuresMax + 10 }, (_, n) => behind(shop.guest, `guess${n}`)),
  );
  const types = answers.map(({ __typename }) => __typename);
  expect(types.filter((type) => type === 'TooManyAttempts').length).toBeGreaterThanOrEqual(10);
  expect((await behind(shop.guest, scene)).__typename).toBe('TooManyAttempts');
});
