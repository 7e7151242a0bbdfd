import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AFTER_SALE_SEALS, AfterSale, type AfterSaleId, AfterSaleStep, EvidenceService } from '#after-sale';
import { Vault } from '#common';
import { Image, type ImageId } from '#media';
import { RetentionService } from '../../src/privacy/retention.service.js';
import { bought, orderOf, ship, supplierOf } from '../fulfilment/warehouse.js';
import { erase, placesOf } from '../privacy/erasing.js';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import { complete } from '../support/fulfilment.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectSettled } from '../support/sound.js';
import { apply, because, caseOf, cases, photo, received, step } from './counter.js';

let shop: Shop;
let fay: Desk;
let sale: OnSale;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  sale = await anOffer(shop, { stock: 100 });
  fay = await shop.supplier('fay', await supplierOf(shop, sale));
});
afterAll(async () => {
  await shop.close();
});

interface Claimed {
  readonly id: AfterSaleId;
  readonly imageId: ImageId;
}

/** A case whose goods came back, with a photo, words and a number. */
async function claimed(person: Phone, note: string, trackingNumber: string): Promise<Claimed> {
  const orderId = await bought(shop, person, sale.skuId, 2);
  await ship(fay, orderId);
  const [line] = (await orderOf(person, orderId)).lines;
  const imageId = (await photo(shop, person)) as ImageId;
  const asked = await apply(person, orderId, [{ lineId: line!.id, quantity: 1 }], {
    ...{ kind: 'RETURN_AND_REFUND', reason: 'DAMAGED', imageIds: [imageId], note },
  });
  await step(fay, 'afterSaleApprove', asked.id, because());
  await step(person, 'afterSaleReturnSend', asked.id, { carrier: 'YTO', trackingNumber });
  await step(fay, 'afterSaleReturnReceive', asked.id, received(false));
  await deliver(shop);
  return { id: asked.id as AfterSaleId, imageId };
}

const statusOf = async (id: ImageId): Promise<string> =>
  (await shop.source.manager.findOneByOrFail(Image, { id })).status;

describe('what a buyer says in a case, and how goods came back', () => {
  it('stands nowhere in plain, and its buyer downloads it', async () => {
    const ana = await shop.login('ana');
    const { id } = await claimed(ana, '杯子裂了一道', 'YT4711081520262');
    expect(await placesOf(shop, '杯子裂了一道')).toEqual(['after_sale_step.note (sealed)']);
    expect(await placesOf(shop, 'YT4711081520262')).toEqual(['after_sale.tracking_number (sealed)']);
    const answer = await fetch(`${shop.url}/privacy/export`, {
      headers: { authorization: `Bearer ${ana.accessToken!}` },
    });
    const lines = (await answer.text()).split('\n').filter((line) => line.includes('杯子裂了一道'));
    expect(lines).toHaveLength(1);
    for (const part of [id, 'YT4711081520262', '"reason":"DAMAGED"', '"actor":"CHANNEL"'])
      expect(lines[0]).toContain(part);
  });

  it('is told to others of the staff without the photos', async () => {
    const kim = await shop.operator('kim', 'FINANCE');
    const bo = await shop.login('bo');
    await claimed(bo, '漏液', 'YT4711081520263');
    expect((await cases(fay, 'DONE')).at(-1)!.images).toHaveLength(1);
    await expect(cases(kim, 'DONE')).rejects.toThrow('FORBIDDEN');
  });

  it('is gone or masked once its buyer has left, and the photos stay as evidence', async () => {
    const cy = await shop.login('cy');
    const { id, imageId } = await claimed(cy, '颜色不对', 'YT0000000001235');
    await complete(shop, await cy.userId());
    expect(await erase(cy)).toMatchObject({ __typename: 'AccountErased' });
    await shop.drain();
    const row = await shop.source.manager.findOneByOrFail(AfterSale, { id });
    expect(shop.get(Vault).open(AFTER_SALE_SEALS.trackingNumber, id, row.trackingNumber!)).toBe('****1235');
    const steps = await shop.source.manager.findBy(AfterSaleStep, { afterSaleId: id });
    expect(steps.map(({ note }) => note)).toEqual(steps.map(() => null));
    expect(await placesOf(shop, '颜色不对')).toEqual([]);
    expect(await statusOf(imageId)).toBe('READY');
    await expectSettled(shop);
  });

  it('is forgotten three years after the order is over, with the photos', async () => {
    const dee = await shop.login('dee');
    const { id, imageId } = await claimed(dee, '少了配件', 'YT0000000005679');
    await complete(shop, await dee.userId());
    await shop.get(EvidenceService).purge();
    expect(await statusOf(imageId)).toBe('READY');
    const open = await claimed(dee, '有划痕', 'YT0000000009998');
    await shop.setTime(new Date(Date.now() + 3.2 * 366 * 86_400_000));
    await shop.get(RetentionService).apply();
    await shop.get(EvidenceService).purge();
    const old = await caseOf(dee, id);
    expect([old.trackingNumber, old.images]).toEqual([null, []]);
    expect(old.steps.map(({ note }) => note)).toEqual(old.steps.map(() => null));
    expect(await statusOf(imageId)).toBe('DELETED');
    const kept = await caseOf(dee, open.id);
    expect([kept.trackingNumber, kept.images.length]).toEqual(['YT0000000009998', 1]);
    expect(kept.steps[0]!.note).toBe('有划痕');
  });
});
