import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Vault } from '#common';
import { BlocksService, User, USER_SEALS, type UserId } from '#identity';
import { anOffer } from '../support/builders.js';
import { columnsWith } from '../support/columns.js';
import { aDelivery } from '../support/deliveries.js';
import type { Phone } from '../support/phone.js';
import { eavesdrop } from '../support/eavesdropper.js';
import { Shop } from '../support/shop.js';
import { expectSettled } from '../support/sound.js';

/** Nothing in it is a word of ours or stands in the demo shop, so whatever is found of it has leaked. */
const ADDRESS = {
  ...{
    recipientName: '独孤求败',
    phone: '13854720169',
    province: '青海省',
    city: '玉树藏族自治州',
    district: '曲麻莱县',
  },
  ...{ street: '巴干乡', detail: '昂拉路7319弄42号', postalCode: '815599', nationalCode: '632726' },
};
const DELIVERY = aDelivery(ADDRESS);
const LABEL = '表姑奶奶的老宅';
const OWN_NUMBER = '15973820416';
const NAME = 'mutation ($input: ProfileUpdateInput!) { profileUpdate(input: $input) { nickname } }';

let shop: Shop;
let ana: Phone;
/** The code that brings her number. */
let phoneCode: string;
/** What others were answered. */
const told: string[] = [];
let heard: readonly string[];

beforeAll(async () => {
  shop = await Shop.open();
  heard = eavesdrop(shop);
  ana = await shop.login('ana');
});
afterAll(async () => {
  jest.restoreAllMocks();
  await shop.close();
});

/** What must not be seen of a person, in each form it may be written. */
async function secretsOf(id: UserId): Promise<Map<string, Buffer[]>> {
  const vault = shop.get(Vault);
  const user = await shop.source.manager.findOneByOrFail(User, { id });
  const codes = {
    openid: vault.open(USER_SEALS.openid, id, user.openid!),
    unionid: vault.open(USER_SEALS.unionid, id, user.unionid!),
    'session key': vault.open(USER_SEALS.sessionKey, id, user.sessionKey!),
  };
  const known = Object.entries(codes).map(([name, value]): [string, Buffer[]] => [
    name,
    [Buffer.from(value), Buffer.from(value, 'base64')],
  ]);
  const given = Object.entries(ADDRESS)
    .filter(([, value]) => !/^\d{6}$/.test(value)) // Six digits stand in some number of a payment by chance.
    .map(([name, value]): [string, Buffer[]] => [name, [Buffer.from(value)]]);
  const nickname = vault.open(USER_SEALS.nickname, id, user.nickname!);
  const others = Object.entries({ nickname, label: LABEL, 'own number': OWN_NUMBER, 'code for it': phoneCode });
  return new Map([
    ...known,
    ...given,
    ...others.map(([name, value]): [string, Buffer[]] => [name, [Buffer.from(value)]]),
  ]);
}

const ADD = 'mutation ($input: AddressAddInput!) { addressAdd(input: $input) { ... on Address { id } } }';
const CHANGE = 'mutation ($input: AddressChangeInput!) { addressChange(input: $input) { id } }';
const GIVE = 'mutation ($input: PhoneUpdateInput!) { phoneUpdate(input: $input) { ... on User { wholePhone } } }';
const PEOPLE = '{ people(phone: $) { id phone wholePhone nickname } }';

/** Tells the shop of a number and of addresses, in every way that there is, and lets each go wrong too. */
async function giveContact(): Promise<void> {
  await ana.agree('PHONE');
  await ana.agree('ADDRESS_BOOK');
  phoneCode = await ana.phoneCode({ pure_phone_number: OWN_NUMBER });
  await shop.fault('phone', 'error_500');
  expect((await ana.send(GIVE, { input: { code: phoneCode } })).errors).toHaveLength(1);
  expect(await ana.ask(GIVE, { input: { code: phoneCode } })).toEqual({ wholePhone: OWN_NUMBER });

  const input = { idempotencyKey: 'the-key-of-an-address', address: ADDRESS, label: LABEL };
  const { id: addressId } = await ana.ask<{ id: string }>(ADD, { input });
  await ana.ask(ADD, { input });
  await ana.ask(CHANGE, { input: { addressId, address: ADDRESS, label: LABEL } });
  const wrong = { address: { ...ADDRESS, phone: `${ADDRESS.phone}0` }, label: `${LABEL}\n` };
  for (const [document, more] of [
    [ADD, { idempotencyKey: 'another-key' }],
    [CHANGE, { addressId }],
  ] as const) {
    const answer = await ana.send(document, { input: { ...wrong, ...more } });
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  }
  for (const change of ['INSERT', 'UPDATE']) {
    await shop.rows(
      `CREATE TRIGGER no_${change} BEFORE ${change} ON address FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no addresses today'`,
    );
  }
  for (const [document, more] of [
    [ADD, { idempotencyKey: 'another-key', address: ADDRESS }],
    [CHANGE, { addressId }],
  ] as const) {
    const answer = await ana.send(document, { input: { label: LABEL, ...more } });
    expect(answer.errors?.[0]?.extensions.code).toBe('INTERNAL');
  }
  for (const change of ['INSERT', 'UPDATE']) await shop.rows(`DROP TRIGGER no_${change}`);
}

/** What others try to learn of it. */
async function meddle(bo: Phone): Promise<void> {
  const olga = await shop.operator('olga');
  const number = JSON.stringify(OWN_NUMBER);
  const [address] = await ana.ask<{ id: string }[]>('{ addresses { id } }');
  for (const other of [bo, olga, shop.guest]) {
    told.push(JSON.stringify(await other.send(PEOPLE.replace('$', number))));
    told.push(JSON.stringify(await other.send(PEOPLE.replace('$', JSON.stringify(`x${OWN_NUMBER}`)))));
    told.push(JSON.stringify(await other.send('{ addresses { label address { detail } } }')));
    const input = { addressId: address!.id };
    told.push(JSON.stringify(await other.send(CHANGE.replace('{ id }', '{ label address { detail } }'), { input })));
    told.push(JSON.stringify(await other.send(GIVE, { input: { code: phoneCode } })));
  }
}

describe('after a whole purchase, with some things going wrong', () => {
  let secrets: Map<string, Buffer[]>;

  beforeAll(async () => {
    await ana.ask(NAME, { input: { nickname: '桂花糕阿婆' } });
    await giveContact();
    await ana.agree('SHOW_PROFILE');
    secrets = await secretsOf(await ana.userId());
    const { offer } = await anOffer(shop, { size: 2 });
    const seat = await ana.open(offer.id, 1, 'the-key-of-a-canary', DELIVERY);
    await ana.open(offer.id, 1, 'the-key-of-a-canary', DELIVERY);
    await shop.fault('prepay', 'error_500');
    await ana.send('mutation ($input: CheckoutInput!) { paymentStart(input: $input) { __typename } }', {
      input: { checkoutId: seat.order.checkout.id },
    });
    await ana.pay(seat.order.checkout.id);
    await ana.confirmPayment(seat.order.checkout.id);
    await shop.drain();
    const bo = await shop.login('bo');
    await meddle(bo);
    const joined = await bo.join(seat.team.id, 1, undefined, DELIVERY);
    await bo.pay(joined.order.checkout.id);
    await bo.confirmPayment(joined.order.checkout.id);
    await expectSettled(shop);

    // Others see her masked; a name that is refused and one that cannot be stored are not written down either.
    await shop.get(BlocksService).block(await bo.userId(), await ana.userId());
    const blocked = await bo.ask('{ blockedPeople { edges { node { maskedName } } } }');
    expect(blocked).toEqual({ edges: [{ node: { maskedName: '桂**婆' } }] });
    const refused = await ana.send(NAME, { input: { nickname: '桂花糕阿婆\u202E' } });
    expect(refused.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    await shop.rows(
      "CREATE TRIGGER no_names BEFORE UPDATE ON user FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no names today'",
    );
    const failed = await ana.send('mutation { profileUpdate(input: { nickname: "桂花糕阿婆" }) { nickname } }');
    expect(failed.errors?.[0]?.extensions.code).toBe('INTERNAL');
    await shop.rows('DROP TRIGGER no_names');

    // A login that fails inside its transaction: the statements of an error name what they were to write.
    await shop.rows('RENAME TABLE session TO session_away');
    const code = await shop.phone('ana').loginCode();
    const { errors } = await shop.guest.send(`mutation { login(input: { code: "${code}" }) { __typename } }`);
    expect(errors?.[0]?.extensions.code).toBe('INTERNAL');
    await shop.rows('RENAME TABLE session_away TO session');

    // Purchases that fail where their addresses pass by: inside the transaction, in the checks, in a document that nobody can read.
    const { skuId } = await anOffer(shop);
    await shop.rows('RENAME TABLE order_line TO order_line_away');
    await expect(ana.buy(skuId, 1, undefined, DELIVERY)).rejects.toThrow(/INTERNAL/);
    await shop.rows('RENAME TABLE order_line_away TO order_line');
    await shop.rows('ALTER TABLE orders RENAME COLUMN delivery TO delivery_away');
    await expect(ana.buy(skuId, 1, undefined, DELIVERY)).rejects.toThrow(/INTERNAL/);
    await shop.rows('ALTER TABLE orders RENAME COLUMN delivery_away TO delivery');
    const twoLines = aDelivery({
      ...ADDRESS,
      phone: `${ADDRESS.phone}0`,
      detail: `${ADDRESS.detail}\n${ADDRESS.street}`,
    });
    await expect(ana.buy(skuId, 1, undefined, twoLines)).rejects.toThrow(/BAD_USER_INPUT/);
    const inline = JSON.stringify(ADDRESS).replace(/"(\w+)":/g, '$1:');
    for (const document of ['input: { delivery: { address: $ } }', 'delivery: $ }']) {
      const broken = await ana.send(`mutation { checkoutPlace(${document.replace('$', inline)}) { __typename } }`);
      expect(broken.errors?.[0]?.extensions.code).toBe('GRAPHQL_INVALID');
    }
  });

  it('no table shows the openid, the unionid, the session key or the name of the buyer, nor any part of an address', async () => {
    for (const [name, forms] of secrets) {
      const columns = await columnsWith(shop, forms);
      expect([name, columns]).toEqual([name, []]);
    }
  });

  it('no log does either, not even of what failed', () => {
    const log = heard.join('\n');
    expect(log).toMatch(/session/); // The failed login was heard.
    expect(log).toMatch(/order_line/); // So were the failed purchases.
    expect(log).toMatch(/SYSTEMERROR/); // So was what WeChat said.
    expect(log).toMatch(/getuserphonenumber/); // So was the number that WeChat did not tell.
    expect(log).toMatch(/no addresses today/); // So were the addresses that could not be stored.
    expect(log).toMatch(/no names today/); // So was the name that could not be stored.
    for (const forms of secrets.values()) {
      for (const form of forms) {
        for (const encoding of ['utf8', 'latin1', 'base64', 'hex'] as const)
          expect(log).not.toContain(form.toString(encoding));
      }
    }
  });

  it('nor does any answer to anybody else', () => {
    const answers = told.join('\n');
    expect(answers).toContain('159****0416'); // The operator found her.
    for (const forms of secrets.values()) for (const form of forms) expect(answers).not.toContain(form.toString());
  });

  it('and this search would have found them', async () => {
    const [[openid], [detail]] = [secrets.get('openid')!, secrets.get('detail')!];
    const [name] = secrets.get('nickname')!;
    await shop.rows('UPDATE product SET description = ? LIMIT 1', [`谢谢${name!.toString()}`]);
    expect(await columnsWith(shop, [name!])).toEqual(['product.description']);
    await shop.rows("INSERT INTO job (name, args, run_at) VALUES ('canary', ?, NOW(3) + INTERVAL 1 DAY)", [
      JSON.stringify({ payer: openid!.toString(), to: DELIVERY }),
    ]);
    for (const form of [openid!, detail!]) expect(await columnsWith(shop, [form])).toContain('job.args');
  });
});
