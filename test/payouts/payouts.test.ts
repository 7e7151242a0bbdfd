import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SupplierId } from '#catalog';
import { bought, giveBack, supplierOf } from '../fulfilment/warehouse.js';
import { owedTo } from '../orders/settlement/counting-house.js';
import { anOffer } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import { complete } from '../support/fulfilment.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectSettled } from '../support/sound.js';
import { approve, cancel, enter, ownAccount, propose } from './paying.js';

const PRICE = 10_000;

let shop: Shop;
let [ana, olga, pia, fay]: [Phone, Desk, Desk, Desk] = [] as never;
let supplierId: SupplierId;
let orderId: string;
let made = 0;

beforeAll(async () => {
  shop = await Shop.open({ wechat: { refundGapSeconds: 0 } });
  ana = await shop.login('ana');
  [olga, pia] = [await shop.operator('olga', 'FINANCE'), await shop.operator('pia', 'FINANCE')];
});
afterAll(async () => {
  await shop.close();
});
beforeEach(async () => {
  made += 1;
  const sale = await anOffer(shop, { priceMinor: PRICE, supplier: `果园${made}` });
  supplierId = await supplierOf(shop, sale);
  fay = await shop.supplier(`fay${made}`, supplierId);
  orderId = await bought(shop, ana, sale.skuId);
  await complete(shop, await ana.userId());
});
afterEach(async () => {
  await deliver(shop);
  await expectSettled(shop);
});

describe('a payout', () => {
  it('is set aside, agreed to by a second person, and entered as the bank has transferred it', async () => {
    const proposed = await propose(olga, supplierId, 6_000);
    expect(proposed).toMatchObject({ __typename: 'Payout', status: 'PROPOSED', amountMinor: 6_000 });
    expect(await ownAccount(fay)).toEqual({
      ...{ owedMinor: 4_000, payingMinor: 6_000 },
      supplier: { name: `果园${made}` },
    });
    expect(await approve(pia, proposed.id)).toMatchObject({ status: 'APPROVED' });
    const reference = randomUUID();
    expect(await enter(olga, proposed.id, { reference: ` ${reference} ` })).toMatchObject({
      ...{ status: 'PAID', reference, paidOn: '2026-01-05' },
    });
    expect(await ownAccount(fay)).toMatchObject({ owedMinor: 4_000, payingMinor: 0 });
  });

  it('that is cancelled is owed again, before and after somebody has agreed', async () => {
    const first = await propose(olga, supplierId, PRICE);
    expect(await cancel(olga, first.id)).toMatchObject({ status: 'CANCELLED' });
    const second = await propose(olga, supplierId, PRICE);
    await approve(pia, second.id);
    expect(await cancel(pia, second.id)).toMatchObject({ status: 'CANCELLED' });
    expect(await ownAccount(fay)).toMatchObject({ owedMinor: PRICE, payingMinor: 0 });
    expect(await cancel(pia, second.id)).toMatchObject({ __typename: 'PayoutStands' });
    expect(await enter(olga, second.id)).toMatchObject({ __typename: 'PayoutStands' });
  });

  it('is not agreed to by who proposed it, nor entered before somebody has', async () => {
    const { id } = await propose(olga, supplierId, 1);
    expect(await approve(olga, id)).toMatchObject({ __typename: 'OwnProposal' });
    expect(await enter(olga, id)).toMatchObject({ __typename: 'PayoutStands' });
    await cancel(olga, id);
  });

  it('of more than is owed is refused with what is', async () => {
    const refused = await propose(olga, supplierId, PRICE + 1);
    expect(refused).toMatchObject({ __typename: 'PayoutTooLarge', owedMinor: PRICE });
  });

  it('is one at a time for each supplier, also of many that are proposed at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => propose(olga, supplierId, 2_000)));
    const kinds = answers.map(({ __typename }) => __typename).sort();
    expect(kinds).toEqual(['Payout', ...Array<string>(7).fill('PayoutOpen')]);
    expect(await owedTo(shop, supplierId)).toBe(PRICE - 2_000);
  });

  it('is proposed once, however often it is sent under its key', async () => {
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => propose(olga, supplierId, 3_000, key)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await owedTo(shop, supplierId)).toBe(PRICE - 3_000);
  });

  it('is refused while the supplier owes for refunds, and not agreed to if that comes about', async () => {
    const { id } = await propose(olga, supplierId, PRICE);
    await giveBack(olga, orderId, 2_500);
    expect(await approve(pia, id)).toMatchObject({ __typename: 'SupplierOwes', owesMinor: 2_500 });
    await enterAfter(id);
  });

  it('under a number of the bank’s that another has is refused, and the payout stands', async () => {
    const reference = randomUUID();
    const first = await propose(olga, supplierId, 1_000);
    await approve(pia, first.id);
    await enter(olga, first.id, { reference });
    const second = await propose(olga, supplierId, 1_000);
    await approve(pia, second.id);
    expect(await enter(olga, second.id, { reference })).toMatchObject({ __typename: 'PayoutReferenceTaken' });
    expect(await enter(olga, second.id)).toMatchObject({ status: 'PAID' });
  });

  it.each([
    ['paidOn', { paidOn: '2999-01-01' }, 'Must not be after today.'],
    ['paidOn', { paidOn: '2026-02-30' }, 'Must be a day'],
    ['reference', { reference: '  ' }, 'Must be one line'],
    ['reason', { reason: '' }, 'Must say why'],
  ])('is entered with a sound %s only', async (field, said, message) => {
    const { id } = await propose(olga, supplierId, 1_000);
    await approve(pia, id);
    const input = { payoutId: id, reason: 'x', paidOn: '2026-01-05', reference: 'r', idempotencyKey: randomUUID() };
    const { errors } = await olga.send(ENTER, { input: { ...input, ...said } }, { 'accept-language': 'en' });
    expect(JSON.stringify(errors)).toContain(`input.${field}`);
    expect(JSON.stringify(errors)).toContain(message);
    expect(await cancel(olga, id)).toMatchObject({ status: 'CANCELLED' });
  });

  it('of a supplier that there is not, or that nobody has proposed, is not found', async () => {
    const nobody = 'supplier_00000000000000000000000000' as SupplierId;
    await expect(propose(olga, nobody, 1)).rejects.toThrow('NOT_FOUND');
    await expect(approve(pia, 'payout_00000000000000000000000000')).rejects.toThrow('NOT_FOUND');
  });
});

const ENTER = 'mutation ($input: PayoutEnterInput!) { payoutEnter(input: $input) { __typename } }';

/** What nobody agrees to can still be cancelled, which makes up for the debt. */
async function enterAfter(id: string): Promise<void> {
  expect(await cancel(olga, id)).toMatchObject({ status: 'CANCELLED' });
  expect(await propose(olga, supplierId, 7_500)).toMatchObject({ __typename: 'Payout' });
}
