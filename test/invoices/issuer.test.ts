import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { secondsAfter } from '#common';
import { type InvoiceIssuer, InvoiceIssuers, type IssueOutcome, type IssueRequest } from '#invoices';
import type { InvoiceId } from '#invoices';
import { IssuingDriver } from '../../src/invoices/issuing.driver.js';
import { giveBack } from '../fulfilment/warehouse.js';
import { anOffer, type OnSale } from '../support/builders.js';
import type { Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectSettled } from '../support/sound.js';
import {
  A_PDF,
  aNumber,
  cancel,
  COMPANY,
  enter,
  invoiceOf,
  issued,
  listed,
  request,
  shipped,
  take,
  upload,
} from './bookkeeping.js';

/** A tax service that does what a test says next, and otherwise issues under each of our numbers once. */
class ScriptedIssuer implements InvoiceIssuer {
  readonly name = 'scripted';
  readonly asked: IssueRequest[] = [];
  readonly script: (IssueOutcome | Error)[] = [];
  readonly #issued = new Map<string, IssueOutcome>();

  issue(request: IssueRequest): Promise<IssueOutcome> {
    this.asked.push(request);
    return this.#answer(`blue ${request.invoiceId}`);
  }

  reverse({ invoiceId }: { invoiceId: InvoiceId }): Promise<Exclude<IssueOutcome, { outcome: 'REFUSED' }>> {
    return this.#answer(`red ${invoiceId}`) as Promise<Exclude<IssueOutcome, { outcome: 'REFUSED' }>>;
  }

  async #answer(number: string): Promise<IssueOutcome> {
    const next = await Promise.resolve(this.script.shift());
    if (next instanceof Error) throw next;
    if (next) return next;
    const answer = this.#issued.get(number) ?? {
      ...{ outcome: 'ISSUED' as const, number: aNumber(), issuedOn: '2026-01-05', file: A_PDF },
    };
    this.#issued.set(number, answer);
    return answer;
  }
}

const issuer = new ScriptedIssuer();
let shop: Shop;
let ana: Phone;
let olga: Desk;
let sale: OnSale;

beforeAll(async () => {
  shop = await Shop.open({ wechat: { refundGapSeconds: 0 } });
  sale = await anOffer(shop, { stock: 1_000 });
  [ana, olga] = [await shop.login('ana'), await shop.operator('olga')];
  shop.get(InvoiceIssuers).register(issuer);
});
afterAll(async () => {
  await shop.close();
});
afterEach(async () => {
  expect(issuer.script).toEqual([]);
  await expectSettled(shop);
});

const asked = async (): Promise<{ id: InvoiceId; orderId: string }> => {
  const orderId = await shipped(shop, ana, olga, sale.skuId);
  return { orderId, id: (await request(ana, orderId)).id as InvoiceId };
};

describe('a registered issuer', () => {
  it('is asked for all that is on the invoice, and what it has issued is entered', async () => {
    const { id, orderId } = await asked();
    await shop.drain();
    expect(issuer.asked.at(-1)).toMatchObject({
      ...{ ...COMPANY, invoiceId: id, email: null, currency: 'CNY', amountMinor: 10_000, freightMinor: 0 },
      lines: [{ quantity: 1, unitPriceMinor: 10_000, amountMinor: 10_000 }],
    });
    const invoice = (await invoiceOf(ana, orderId))!;
    expect(invoice).toMatchObject({ status: 'ISSUED', amountMinor: 10_000 });
    expect((await fetch(invoice.fileUrl!)).status).toBe(200);
    expect((await cancel(ana, id)).__typename).toBe('InvoiceNotCancellable');
  });

  it('that fails, or is not done yet, is asked again under the same number', async () => {
    const { orderId, id } = await asked();
    const from = issuer.asked.length;
    issuer.script.push(new Error('no reply'), { outcome: 'LATER', at: secondsAfter(new Date(), -1) });
    await deliver(shop);
    expect(issuer.asked.slice(from).map(({ invoiceId }) => invoiceId)).toEqual([id, id, id]);
    expect(await invoiceOf(ana, orderId)).toMatchObject({ status: 'ISSUED' });
  });

  it('that was heard twice enters one invoice', async () => {
    const { orderId, id } = await asked();
    await Promise.all([shop.get(IssuingDriver).issue(id), shop.get(IssuingDriver).issue(id)]);
    await deliver(shop);
    expect(await invoiceOf(ana, orderId)).toMatchObject({ status: 'ISSUED', steps: [{}, {}, {}] });
  });

  it('that refuses it tells the buyer why', async () => {
    const { orderId } = await asked();
    issuer.script.push({ outcome: 'REFUSED', note: '抬头与税号不符。' });
    await deliver(shop);
    expect(await invoiceOf(ana, orderId)).toMatchObject({ status: 'FAILED', whyFailed: '未能开具：抬头与税号不符。' });
  });

  it('that gives up leaves it to people', async () => {
    const { id, orderId } = await asked();
    expect((await take(olga, id)).__typename).toBe('Invoice');
    issuer.script.push({ outcome: 'GIVEN_UP', problem: 'the quota of the month is used up' });
    const other = await asked();
    expect((await listed(olga, 'invoicesToIssue')).map((each) => each.id)).toEqual([id, other.id]);
    await deliver(shop);
    expect(await invoiceOf(ana, other.orderId)).toMatchObject({ status: 'ISSUING', problem: null });
    const [left] = (await listed(olga, 'invoicesToIssue')).filter((each) => each.id === other.id);
    expect(left).toMatchObject({ problem: 'the quota of the month is used up', takenById: null });
    for (const each of [id, other.id]) expect(await issued(olga, each)).toMatchObject({ status: 'ISSUED' });
    expect(await invoiceOf(ana, orderId)).toMatchObject({ status: 'ISSUED' });
  });

  it('is not worked on by people as long as it is at it', async () => {
    const { id } = await asked();
    issuer.script.push({ outcome: 'LATER', at: secondsAfter(new Date(), 3_600) });
    await shop.drain();
    expect((await take(olga, id)).__typename).toBe('InvoiceNotYours');
    expect((await listed(olga, 'invoicesToIssue')).map((each) => each.id)).not.toContain(id);
    await deliver(shop);
  });

  it('takes back what it has issued when money goes back, and people what they have', async () => {
    const [by, people] = [await asked(), await asked()];
    await take(olga, people.id);
    await upload(olga, people.id);
    await enter(olga, 'invoiceIssue', people.id);
    await deliver(shop);
    for (const { orderId } of [by, people]) await giveBack(olga, orderId, 100);
    await deliver(shop);
    expect(await invoiceOf(ana, by.orderId)).toMatchObject({ status: 'REVERSED' });
    expect(await invoiceOf(ana, people.orderId)).toMatchObject({ status: 'REVERSING' });
  });

  it('is one: another beside it is a mistake of whoever registers it', () => {
    expect(() => {
      shop.get(InvoiceIssuers).register(new ScriptedIssuer());
    }).toThrow('beside another');
  });
});

it('what an issuer has begun that is registered no more is left to people', async () => {
  const { id, orderId } = await asked();
  await deliver(shop);
  await giveBack(olga, orderId, 100);
  await shop.rows("UPDATE invoice SET issuer = 'of last year' WHERE number IS NOT NULL AND red_number IS NULL");
  await deliver(shop);
  expect((await listed(olga, 'invoicesToReverse')).map((each) => each.id)).toContain(id);
});
