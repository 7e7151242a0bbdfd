import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Id, idBytes, Vault } from '#common';
import { Parcel, PARCEL_SEALS } from '#fulfilment';
import { RetentionService } from '../../src/privacy/retention.service.js';
import { erase, placesOf } from '../privacy/erasing.js';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import { complete } from '../support/fulfilment.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSettled } from '../support/sound.js';
import { bought, orderOf, ship, supplierOf } from './warehouse.js';

const NUMBER = 'YT4711081520261';

let shop: Shop;
let fay: Desk;
let sale: OnSale;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
  sale = await anOffer(shop, { stock: 100 });
  fay = await shop.supplier('fay', await supplierOf(shop, sale));
});
afterAll(async () => {
  await shop.close();
});

async function shippedTo(person: Phone, trackingNumber: string): Promise<string> {
  const orderId = await bought(shop, person, sale.skuId);
  await ship(fay, orderId, { trackingNumber });
  return orderId;
}

describe('the number of a parcel', () => {
  it('stands nowhere in plain, and its buyer downloads it with the parcel', async () => {
    const ana = await shop.login('ana');
    const orderId = await shippedTo(ana, NUMBER);
    expect(await placesOf(shop, NUMBER)).toEqual(['parcel.tracking_number (sealed)']);
    const answer = await fetch(`${shop.url}/privacy/export`, {
      headers: { authorization: `Bearer ${ana.accessToken!}` },
    });
    const lines = (await answer.text()).split('\n').filter((line) => line.includes(NUMBER));
    const [line] = (await orderOf(ana, orderId)).lines;
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`"orderId":"${orderId}"`);
    expect(lines[0]).toContain(`"lines":[{"lineId":"${line!.id}","quantity":1}]`);
  });

  it('is noted as looked at by whoever of the staff is told it, and not by its buyer', async () => {
    const bo = await shop.login('bo');
    const orderId = await shippedTo(bo, 'YT0000000000077');
    await orderOf(bo, orderId);
    const olga = await shop.operator('olga', 'SUPPORT');
    await olga.ask(
      'query ($id: ID!) { ordersOfBuyer(buyerId: $id) { edges { node { parcels { trackingNumber } } } } }',
      { id: await bo.userId() },
    );
    const looks = await shop.rows(
      "SELECT operation FROM look WHERE category = 'PARCELS' AND user_id = ? ORDER BY operation",
      [idBytes(await bo.userId())],
    );
    expect(looks).toEqual([{ operation: 'ordersOfBuyer' }, { operation: 'parcelShip' }]);
  });

  it('is masked, and can be found no more, once its buyer has left', async () => {
    const cy = await shop.login('cy');
    const orderId = await shippedTo(cy, 'YT0000000001234');
    await complete(shop, await cy.userId());
    expect(await erase(cy)).toMatchObject({ __typename: 'AccountErased' });
    await shop.drain();
    const parcel = await shop.source.manager.findOneByOrFail(Parcel, { orderId: orderId as Id<'order'> });
    expect(shop.get(Vault).open(PARCEL_SEALS.trackingNumber, parcel.id, parcel.trackingNumber!)).toBe('****1234');
    expect(parcel.trackingIndex).toBeNull();
    expect(await placesOf(shop, 'YT0000000001234')).toEqual([]);
    await expectSettled(shop);
  });

  it('is forgotten three years after the order is over', async () => {
    const dee = await shop.login('dee');
    const orderId = await shippedTo(dee, 'YT0000000005678');
    await complete(shop, await dee.userId());
    const open = await shippedTo(dee, 'YT0000000009999');
    await shop.setTime(new Date(Date.now() + 3.2 * 366 * 86_400_000));
    await shop.get(RetentionService).apply();
    const numbers = async (id: string): Promise<(string | null)[]> =>
      (await orderOf(dee, id)).parcels.map(({ trackingNumber }) => trackingNumber);
    expect([await numbers(orderId), await numbers(open)]).toEqual([[null], ['YT0000000009999']]);
  });
});
