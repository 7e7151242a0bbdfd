import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { idBytes, newId, Vault } from '#common';
import {
  BlocksService,
  LeavingPeopleService,
  PeopleService,
  User,
  UserBlock,
  USER_SEALS,
  type UserId,
} from '#identity';
import { Order, ORDER_SEALS } from '#orders';
import { complete } from '../support/fulfilment.js';
import { anOffer, type OnSale } from '../support/builders.js';
import { aPicture } from '../media/pictures.js';
import { upload } from '../media/uploader.js';
import { aDelivery } from '../support/deliveries.js';
import { eavesdrop } from '../support/eavesdropper.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSettled, settle } from '../support/sound.js';
import { completedOrder, erase, ERASE, placesOf, statusOf } from './erasing.js';

const ADDRESS = { recipientName: '独孤求败', phone: '13854720169', detail: '昂拉路7319弄42号' };
const NAME = '桂花糕阿婆';
const OWN_NUMBER = '13677712345';
const KEPT_AT = '绝情谷底9527号';
const GIVE_PHONE = 'mutation ($input: PhoneUpdateInput!) { phoneUpdate(input: $input) { __typename } }';
const ADD_ADDRESS = 'mutation ($input: AddressAddInput!) { addressAdd(input: $input) { __typename } }';

let shop: Shop;
let onSale: OnSale;
let ana: Phone;
let anaId: UserId;
let named = 0;

beforeAll(async () => {
  shop = await Shop.open({ environment: { LOGINS_PER_PERSON: '100', LOGIN_FAILURES_PER_ADDRESS: '100' } });
  onSale = await anOffer(shop, { stock: 1_000, size: 2 });
});
beforeEach(async () => {
  named += 1;
  ana = await shop.login(`ana ${named}`);
  anaId = await ana.userId();
});
afterAll(async () => {
  await shop.close();
});

const isLoggedIn = async (phone: Phone): Promise<boolean> => (await phone.send('{ me { id } }')).errors === undefined;
const paid = async (phone: Phone, checkoutId: string): Promise<void> => {
  await phone.pay(checkoutId, { notify: { lose: true } });
  await phone.confirmPayment(checkoutId);
  await shop.drain();
};
const deliveryOf = async (checkoutId: string): Promise<string | null> => {
  const order = await shop.source.manager.findOneOrFail(Order, {
    select: { id: true, delivery: true },
    where: { checkoutId: checkoutId as Order['checkoutId'] },
  });
  return order.delivery ? shop.get(Vault).open(ORDER_SEALS.delivery, order.id, order.delivery) : null;
};

describe('erasing an account is refused', () => {
  it('without the word, and without the phone: a token that was stolen is not enough', async () => {
    const bo = await shop.login('bo');
    const code = await ana.loginCode();
    const { errors } = await ana.send(ERASE, { input: { code, confirmation: 'yes' } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'input.confirmation' }] });
    expect((await erase(ana, await bo.loginCode())).__typename).toBe('LoginCodeInvalid');
    expect((await erase(ana, 'made-up')).__typename).toBe('LoginCodeInvalid');
    expect([await isLoggedIn(ana), await isLoggedIn(bo), await statusOf(shop, anaId)]).toEqual([true, true, 'ACTIVE']);
  });

  it('while a checkout can still be paid, and no longer once it is cancelled', async () => {
    const { id } = await ana.buy(onSale.skuId);
    expect(await erase(ana)).toMatchObject({
      __typename: 'AccountStillOpen',
      message: '您还有未完结的订单、付款或退款，完结后即可注销。',
      matters: [{ kind: 'UNPAID_CHECKOUT', count: 1 }],
    });
    await ana.cancel(id);
    await shop.drain();
    expect((await erase(ana)).__typename).toBe('AccountErased');
  });

  it('while an order is not over', async () => {
    const { id } = await ana.buy(onSale.skuId);
    await paid(ana, id);
    expect((await erase(ana)).matters).toEqual([{ kind: 'ORDER', count: 1 }]);
    await complete(shop, anaId);
    expect((await erase(ana)).__typename).toBe('AccountErased');
  });

  it('while a team still forms, and while money is on its way back', async () => {
    const seat = await ana.open(onSale.offer.id);
    await paid(ana, seat.order.checkout.id);
    const kindsOf = async (): Promise<string[]> => (await erase(ana)).matters.map(({ kind }) => kind).toSorted();
    expect(await kindsOf()).toEqual(['FORMING_TEAM', 'ORDER']);
    await ana.ask('mutation ($input: TeamLeaveInput!) { teamLeave(input: $input) { __typename } }', {
      input: { seatId: seat.id, idempotencyKey: newId('seat') },
    });
    expect(await kindsOf()).toEqual(['ORDER', 'REFUND']);
    await settle(shop);
    expect((await erase(ana)).__typename).toBe('AccountErased');
  });
});

describe('an account that is erased', () => {
  it('lets nobody in any more, on any phone, at once and before the rest is gone', async () => {
    const other = await shop.login(ana.person);
    expect((await erase(ana)).__typename).toBe('AccountErased');
    expect(await statusOf(shop, anaId)).toBe('ERASING');
    expect([await isLoggedIn(ana), await isLoggedIn(other)]).toEqual([false, false]);
    const refreshed = await shop.guest.ask<{ __typename: string }>(
      'mutation ($input: SessionRefreshInput!) { sessionRefresh(input: $input) { __typename } }',
      { input: { refreshToken: other.refreshToken } },
    );
    expect(refreshed.__typename).toBe('SessionEnded');
  });

  it('is that of nobody: who comes back is somebody new, without the orders of before', async () => {
    await completedOrder(shop, ana, onSale.skuId);
    await erase(ana);
    const again = await shop.login(ana.person);
    expect(await again.userId()).not.toBe(anaId);
    expect(await again.ask('{ orders { edges { cursor } } }')).toEqual({ edges: [] });
    expect(await again.ask('{ me { nickname } }')).toEqual({ nickname: null });
    await shop.drain();
    expect([await statusOf(shop, anaId), await isLoggedIn(again)]).toEqual(['ERASED', true]);
  });

  it('may be erased only once, however many times at once it is asked', async () => {
    const codes = await Promise.all(Array.from({ length: 4 }, () => ana.loginCode()));
    const answers = await Promise.all(codes.map((code) => ana.send(ERASE, { input: { code, confirmation: 'ERASE' } })));
    const outcomes = answers.map(({ errors, data }) => errors?.[0]?.extensions.code ?? JSON.stringify(data));
    expect(outcomes.filter((outcome) => outcome.includes('AccountErased'))).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'UNAUTHENTICATED')).toHaveLength(3);
    expect(
      await shop.rows("SELECT 1 FROM job WHERE name = 'privacy.eraseAccount' AND args LIKE ?", [`%${anaId}%`]),
    ).toHaveLength(1);
  });

  it('tells whoever asks in the moment after it to log in, not that the code is wrong', async () => {
    const code = await ana.loginCode();
    await erase(ana);
    const late = shop.get(LeavingPeopleService).confirm(anaId, code, '127.0.0.1');
    await expect(late).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('cannot be enabled or disabled by anybody', async () => {
    await erase(ana);
    const people = shop.get(PeopleService);
    const change = { userId: anaId, reason: 'by mistake' };
    const by = newId('staff');
    for (const attempt of [people.enable(change, by), people.disable(change, by)])
      await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await shop.drain();
    expect(await statusOf(shop, anaId)).toBe('ERASED');
  });

  it('shows others in a team that there is no name', async () => {
    await ana.ask(`mutation { profileUpdate(input: { nickname: "${NAME}" }) { id } }`);
    await ana.agree('SHOW_PROFILE');
    const bo = await shop.login(`bo ${named}`);
    const seat = await ana.open(onSale.offer.id);
    await paid(ana, seat.order.checkout.id);
    await paid(bo, (await bo.join(seat.team.id)).order.checkout.id);
    await complete(shop, anaId);
    const names = async (): Promise<string[]> => {
      const team = await bo.ask<{ members: { name: string }[] }>(
        'query ($id: ID!) { team(id: $id) { members { name } } }',
        {
          id: seat.team.id,
        },
      );
      return team.members.map(({ name }) => name);
    };
    expect(await names()).toEqual(['桂**婆', '微信用户']);
    expect((await erase(ana)).__typename).toBe('AccountErased');
    expect(await names()).toEqual(['微信用户', '微信用户']);
  });

  it('leaves the record of a trade with a masked delivery, and none of what was never paid', async () => {
    const [bought, dropped] = [
      await completedOrder(shop, ana, onSale.skuId, aDelivery(ADDRESS)),
      await ana.buy(onSale.skuId, 1, undefined, aDelivery(ADDRESS)),
    ];
    await ana.cancel(dropped.id);
    await shop.drain();
    await erase(ana);
    await shop.drain();
    expect(JSON.parse((await deliveryOf(bought.id))!)).toEqual({
      version: 1,
      address: {
        ...{ recipientName: '独**', phone: '138****0169', province: '广东省', city: '广州市', district: '海珠区' },
        ...{ street: null, detail: null, postalCode: null, nationalCode: null },
      },
    });
    expect(await deliveryOf(dropped.id)).toBeNull();
    const bo = await shop.login('bo');
    const theirs = await completedOrder(shop, bo, onSale.skuId, aDelivery(ADDRESS));
    expect(await deliveryOf(theirs.id)).toContain(ADDRESS.detail);
    await shop.rows('UPDATE orders SET delivery = NULL WHERE buyer_id = ?', [idBytes(await bo.userId())]);
  });

  it('is found nowhere: no log of the erasure and no table has a name, a number, an address or WeChat’s word for the person, sealed or plain', async () => {
    await ana.ask(`mutation { profileUpdate(input: { nickname: "${NAME}" }) { id } }`);
    const user = await shop.source.manager.findOneByOrFail(User, { id: anaId });
    const vault = shop.get(Vault);
    const openid = vault.open(USER_SEALS.openid, anaId, user.openid!);
    const unionid = vault.open(USER_SEALS.unionid, anaId, user.unionid!);
    const blind = vault.blindIndex(USER_SEALS.openid, openid);
    const [other] = await shop.people(1);
    await shop.get(BlocksService).block(anaId, other!);
    await shop.get(BlocksService).block(other!, anaId);
    await ana.agree('PHONE');
    await ana.agree('ADDRESS_BOOK');
    const code = await ana.phoneCode({ pure_phone_number: OWN_NUMBER });
    await ana.ask(GIVE_PHONE, { input: { code } });
    await ana.ask(ADD_ADDRESS, {
      input: { address: { ...aDelivery().address, detail: KEPT_AT }, idempotencyKey: 'the-key-of-a-home' },
    });
    const image = await upload(shop, ana, await aPicture(300, 300).jpeg().toBuffer(), { purpose: 'AVATAR' });
    await ana.ask('mutation ($id: ID!) { avatarSet(input: { imageId: $id }) { __typename } }', { id: image.id });
    expect((await fetch(image.small!)).status).toBe(200);
    await completedOrder(shop, ana, onSale.skuId, aDelivery(ADDRESS));
    const secrets = [NAME, openid, unionid, OWN_NUMBER, KEPT_AT, ...Object.values(ADDRESS)];
    for (const secret of secrets) expect([secret, (await placesOf(shop, secret)).length]).not.toEqual([secret, 0]);

    const heard = eavesdrop(shop);
    expect((await erase(ana)).__typename).toBe('AccountErased');
    await shop.drain();
    jest.restoreAllMocks();
    expect(secrets.filter((secret) => heard.join('\n').includes(secret))).toEqual([]);
    for (const secret of secrets) expect([secret, await placesOf(shop, secret)]).toEqual([secret, []]);
    expect(await shop.rows('SELECT 1 FROM user WHERE openid_index = ?', [blind])).toEqual([]);
    for (const table of ['session', 'user_block', 'lifted_block', 'address', 'avatar'])
      expect(await shop.rows(`SELECT 1 FROM ${table} WHERE user_id = ?`, [idBytes(anaId)])).toEqual([]);
    expect(await shop.rows('SELECT 1 FROM user_block WHERE blocked_id = ?', [idBytes(anaId)])).toEqual([]);
    expect(await shop.rows('SELECT 1 FROM idempotency WHERE actor_id = ?', [idBytes(anaId)])).toEqual([]);
    expect(await shop.rows('SELECT status FROM image WHERE owner_id = ?', [idBytes(anaId)])).toEqual([
      { status: 'DELETED' },
    ]);
    expect((await fetch(image.small!)).status).toBe(404);
    expect(await shop.rows('SELECT kind FROM consent WHERE user_id = ?', [idBytes(anaId)])).toEqual([
      { kind: 'GIVEN' },
      { kind: 'GIVEN' },
    ]);
    await expectSettled(shop);
  });
});

it('the database lets nobody give a name to somebody who has left, nor leave without losing it', async () => {
  await expect(shop.rows("UPDATE user SET status = 'ERASING' WHERE id = ?", [idBytes(anaId)])).rejects.toThrow(
    /user_(nameless|found)/,
  );
  await erase(ana);
  await expect(shop.rows("UPDATE user SET nickname = REPEAT('x', 40) WHERE id = ?", [idBytes(anaId)])).rejects.toThrow(
    'user_nameless',
  );
  await expect(shop.rows("UPDATE user SET status = 'ERASED' WHERE id = ?", [idBytes(anaId)])).rejects.toThrow(
    'user_erasure',
  );
});

describe('the job that erases', () => {
  it('goes on where a failure stopped it, and takes pages of 500', async () => {
    const people = await shop.people(1_100);
    await shop.source.manager.insert(
      UserBlock,
      people.map((blockedId) => ({ id: newId('block'), userId: anaId, blockedId })),
    );
    await completedOrder(shop, ana, onSale.skuId, aDelivery(ADDRESS));
    await erase(ana);
    await shop.rows('RENAME TABLE lifted_block TO lifted_block_away');
    await shop.drain();
    expect(await statusOf(shop, anaId)).toBe('ERASING');
    await shop.rows('RENAME TABLE lifted_block_away TO lifted_block');
    await shop.rows("UPDATE job SET run_at = NOW(3) WHERE name = 'privacy.eraseAccount' AND status = 'READY'");
    await shop.drain();
    expect(await statusOf(shop, anaId)).toBe('ERASED');
    expect(await shop.rows('SELECT 1 FROM user_block WHERE user_id = ?', [idBytes(anaId)])).toEqual([]);
    const deletes = shop.statements.statements.filter((sql) => sql.startsWith('DELETE FROM user_block'));
    expect(deletes.length).toBeGreaterThanOrEqual(3);
    for (const sql of deletes) expect(sql).toMatch(/LIMIT 500$/);
  });

  it('masks what is masked already in the same way, so it may start again', async () => {
    const { id } = await completedOrder(shop, ana, onSale.skuId, aDelivery(ADDRESS));
    await erase(ana);
    await shop.drain();
    const once = await deliveryOf(id);
    await shop.rows("UPDATE user SET status = 'ERASING', erased_at = NULL WHERE id = ?", [idBytes(anaId)]);
    await shop.rows("INSERT INTO job (name, args, run_at) VALUES ('privacy.eraseAccount', ?, NOW(3))", [
      JSON.stringify({ userId: anaId }),
    ]);
    await shop.drain();
    expect([await statusOf(shop, anaId), await deliveryOf(id)]).toEqual(['ERASED', once]);
  });
});

it('money that comes for somebody who has erased the account goes back, instead of taking a seat again', async () => {
  const seat = await ana.open(onSale.offer.id);
  const bo = await shop.login(`bo ${named}`);
  await paid(ana, seat.order.checkout.id);
  const { order } = await bo.join(seat.team.id);
  const sheet = await bo.startPayment(order.checkout.id);
  await bo.cancel(order.checkout.id);
  await shop.drain();
  expect((await erase(bo)).__typename).toBe('AccountErased');
  await bo.payPrepaid(sheet.package.replace('prepay_id=', ''), { ignore_expiry: true });
  await settle(shop);
  const [row] = await shop.rows<{ status: string }>(
    'SELECT status FROM seat WHERE buyer_id <> ? AND team_id = (SELECT team_id FROM seat WHERE buyer_id = ?)',
    [idBytes(anaId), idBytes(anaId)],
  );
  expect(row).toEqual({ status: 'REFUNDED' });
});
