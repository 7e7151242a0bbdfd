import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RetentionService } from '../../src/privacy/retention.service.js';
import { erase, placesOf } from '../privacy/erasing.js';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import { complete } from '../support/fulfilment.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSettled } from '../support/sound.js';
import { cancel, COMPANY, invoiceOf, issued, request, shipped, take } from './bookkeeping.js';

const YEAR = 366 * 86_400_000;
const EMAIL = 'fapiao@example.com';

let shop: Shop;
let olga: Desk;
let sale: OnSale;
const openedAt = Date.now();

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' } });
  [sale, olga] = [await anOffer(shop, { stock: 100 }), await shop.operator('olga')];
});
afterAll(async () => {
  await shop.close();
});

/** Asks for an invoice under a title that nothing else has. */
async function asked(person: Phone, title: string): Promise<{ id: string; orderId: string }> {
  const orderId = await shipped(shop, person, olga, sale.skuId);
  return { orderId, id: (await request(person, orderId, { title, email: EMAIL })).id };
}

async function afterYears(years: number): Promise<void> {
  await shop.setTime(new Date(openedAt + years * YEAR));
  await shop.get(RetentionService).apply();
  await shop.setTime(new Date(openedAt));
}

describe('to whom an invoice is made out', () => {
  it('stands nowhere in plain, and its buyer downloads it', async () => {
    const ana = await shop.login('ana');
    const { id } = await asked(ana, '安娜果园有限公司');
    expect(await placesOf(shop, '安娜果园有限公司')).toEqual(['invoice.title (sealed)']);
    expect(await placesOf(shop, EMAIL)).toEqual(['invoice.email (sealed)']);
    expect(await placesOf(shop, COMPANY.taxNumber)).toEqual(['invoice.tax_number (sealed)']);
    await issued(olga, id);
    const answer = await fetch(`${shop.url}/privacy/export`, {
      headers: { authorization: `Bearer ${ana.accessToken!}` },
    });
    const lines = (await answer.text()).split('\n').filter((line) => line.includes('安娜果园有限公司'));
    expect(lines).toHaveLength(1);
    for (const part of ['"category":"INVOICES"', COMPANY.taxNumber, EMAIL, '"status":"ISSUED"'])
      expect(lines[0]).toContain(part);
  });

  it('is kept for thirty years if it was issued, for three if it was not, and its e-mail address for three', async () => {
    const bo = await shop.login('bo');
    const [good, bad] = [await asked(bo, '开过'), await asked(bo, '没开')];
    await issued(olga, good.id);
    await cancel(bo, bad.id);
    const kept = async (): Promise<unknown[]> =>
      Promise.all(
        [good, bad].map(async ({ orderId }) => {
          const { title, taxNumber, email } = (await invoiceOf(bo, orderId))!;
          return [title, taxNumber, email];
        }),
      );
    await afterYears(2.9);
    expect(await kept()).toEqual([
      ['开过', COMPANY.taxNumber, EMAIL],
      ['没开', COMPANY.taxNumber, EMAIL],
    ]);
    await afterYears(3.1);
    expect(await kept()).toEqual([
      ['开过', COMPANY.taxNumber, null],
      [null, null, null],
    ]);
    await afterYears(29.9);
    expect(await kept()).toEqual([
      ['开过', COMPANY.taxNumber, null],
      [null, null, null],
    ]);
    await afterYears(30.1);
    expect(await kept()).toEqual([
      [null, null, null],
      [null, null, null],
    ]);
  });

  it('keeps an account from being erased while somebody works on it; what was issued stays, the rest goes', async () => {
    const cy = await shop.login('cy');
    const [good, bad, open] = [await asked(cy, '留下'), await asked(cy, '删去'), await asked(cy, '办理中')];
    await issued(olga, good.id);
    await cancel(cy, bad.id);
    await complete(shop, await cy.userId());
    expect(await erase(cy)).toMatchObject({ matters: [{ kind: 'INVOICE', count: 1 }] });
    await take(olga, open.id);
    expect(await erase(cy)).toMatchObject({ matters: [{ kind: 'INVOICE', count: 1 }] });
    await issued(olga, open.id);
    expect(await erase(cy)).toMatchObject({ __typename: 'AccountErased' });
    await shop.drain();
    const places = await Promise.all(['留下', '删去', '办理中'].map((title) => placesOf(shop, title)));
    expect(places).toEqual([['invoice.title (sealed)'], [], ['invoice.title (sealed)']]);
    await expectSettled(shop);
  });
});
