import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#common';
import { type AddressId, AddressesService } from '#identity';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Answer } from '../support/client.js';
import { aDelivery } from '../support/deliveries.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSound } from '../support/sound.js';

const HOME = aDelivery({
  recipientName: '欧阳小花',
  phone: '13812345678',
  detail: '珞喻路1037号',
  nationalCode: '440105',
});

let shop: Shop;
let ana: Phone;
let bo: Phone;
let sale: OnSale;
let home: AddressId;
let named = 0;

beforeAll(async () => {
  shop = await Shop.open();
  bo = await shop.login('bo');
  sale = await anOffer(shop, { size: 3, stock: 50 });
});
afterAll(async () => {
  await shop.close();
});
beforeEach(async () => {
  named += 1;
  ana = await shop.login(`ana ${named}`);
  home = await keep(ana, HOME.address);
});

async function keep(phone: Phone, address: (typeof HOME)['address']): Promise<AddressId> {
  const input = { idempotencyKey: randomUUID(), address, isDefault: false };
  await phone.agree('ADDRESS_BOOK');
  return (await shop.get(AddressesService).add(await phone.userId(), input)).id;
}

/** Where somebody's orders go, newest first. */
async function destinationsOf(phone: Phone): Promise<object[]> {
  const { edges } = await phone.ask<{ edges: { node: { delivery: { address: object } } }[] }>(
    '{ orders { edges { node { delivery { address { recipientName phone detail nationalCode } } } } } }',
  );
  return edges.map(({ node }) => node.delivery.address);
}
const { recipientName, phone: number, detail, nationalCode } = HOME.address;
const KEPT = { recipientName, phone: number, detail, nationalCode };

const place = (phone: Phone, addressId: AddressId, idempotencyKey: string = randomUUID()): Promise<Answer> =>
  phone.send('mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { ... on Checkout { id } } }', {
    input: { lines: [{ skuId: sale.skuId, quantity: 1 }], delivery: { addressId }, idempotencyKey },
  });

describe('an order that goes to an address of the buyer’s own', () => {
  it('keeps what the address said, bought alone, with a team opened or a team joined', async () => {
    await ana.buy(sale.skuId, 1, undefined, { addressId: home });
    const opened = await ana.open(sale.offer.id, 1, undefined, { addressId: home });
    await ana.pay(opened.order.checkout.id, { notify: { lose: true } });
    await ana.confirmPayment(opened.order.checkout.id);
    await shop.drain();
    const his = await keep(bo, aDelivery({ detail: '2号' }).address);
    await bo.join(opened.team.id, 1, undefined, { addressId: his });
    expect(await destinationsOf(ana)).toEqual([KEPT, KEPT]);
    expect(await destinationsOf(bo)).toMatchObject([{ detail: '2号' }]);
    await expectSound(shop);
  });

  it('stays as it is when the address is changed or removed', async () => {
    const book = shop.get(AddressesService);
    const userId = await ana.userId();
    await place(ana, home);
    await book.change(userId, { addressId: home, address: { ...HOME.address, detail: '别处' } });
    await place(ana, home);
    await book.remove(userId, home);
    expect(await destinationsOf(ana)).toEqual([{ ...KEPT, detail: '别处' }, KEPT]);
  });

  it('is the same order when it is sent again, though the address has changed meanwhile', async () => {
    const key = randomUUID();
    const first = await place(ana, home, key);
    const change = { addressId: home, address: { ...HOME.address, detail: '别处' } };
    await shop.get(AddressesService).change(await ana.userId(), change);
    expect(await place(ana, home, key)).toEqual(first);
    await shop.get(AddressesService).remove(await ana.userId(), home);
    expect(await place(ana, home, key)).toEqual(first);
    expect(await destinationsOf(ana)).toEqual([KEPT]);
  });

  it('cannot be sent elsewhere under the same key, not even to the same words', async () => {
    const key = randomUUID();
    await place(ana, home, key);
    const twin = await keep(ana, HOME.address);
    expect((await place(ana, twin, key)).errors?.[0]?.extensions.code).toBe('CONFLICT');
    await expect(ana.buy(sale.skuId, 1, key, HOME)).rejects.toThrow(/CONFLICT/);
  });

  it.each<[whose: string, address: () => Promise<AddressId>]>([
    ['somebody else’s', () => keep(bo, HOME.address)],
    ['nobody’s', () => Promise.resolve(newId('address'))],
    [
      'one that was removed',
      async () => {
        await shop.get(AddressesService).remove(await ana.userId(), home);
        return home;
      },
    ],
  ])('is not placed if the address is %s, and nothing is held for it', async (_whose, address) => {
    const before = await shop.rows('SELECT on_hand, reserved, sold FROM stock');
    const { data, errors } = await place(ana, await address());
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'NOT_FOUND',
      fields: [{ path: 'input.delivery.addressId' }],
    });
    expect(await destinationsOf(ana)).toEqual([]);
    expect(await shop.rows('SELECT on_hand, reserved, sold FROM stock')).toEqual(before);
  });
});
