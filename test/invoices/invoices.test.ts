import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Id, idBytes, newId, secondsAfter } from '#common';
import { InvoiceFiles } from '#invoices';
import { ObjectStorage } from '#media';
import { bought, giveBack } from '../fulfilment/warehouse.js';
import { keysIn, post } from '../media/uploader.js';
import { anOffer, type OnSale, sentBy } from '../support/builders.js';
import { codeOf, type Desk } from '../support/desk.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { deliver, expectSettled } from '../support/sound.js';
import {
  A_PDF,
  aNumber,
  cancel,
  COMPANY,
  enter,
  fail,
  formFor,
  invoiceOf,
  issued,
  listed,
  request,
  shipped,
  take,
  upload,
} from './bookkeeping.js';

let shop: Shop;
let ana: Phone;
let bo: Phone;
let olga: Desk;
let pia: Desk;
let sale: OnSale;

beforeAll(async () => {
  shop = await Shop.open({ environment: { BUSINESS_CLOCK: 'simulated' }, wechat: { refundGapSeconds: 0 } });
  sale = await anOffer(shop, { stock: 1_000, priceMinor: 3_000 });
  await sentBy(shop, sale, 500);
  [ana, bo] = [await shop.login('ana'), await shop.login('bo')];
  [olga, pia] = [await shop.operator('olga'), await shop.operator('pia', 'FINANCE')];
});
afterAll(async () => {
  await shop.close();
});
afterEach(async () => {
  await deliver(shop);
  await expectSettled(shop);
});

/** Two units at 30 yuan and 8 yuan of freight. */
const anOrder = (phone = ana): Promise<string> => shipped(shop, phone, olga, sale.skuId, 2);
const asked = async (phone = ana): Promise<string> => (await request(phone, await anOrder(phone))).id;

describe('a buyer', () => {
  it('asks for an invoice of what is shipped, and sees it go from the request to the file', async () => {
    const orderId = await anOrder();
    expect(await invoiceOf(ana, orderId)).toBeNull();
    const requested = await request(ana, orderId, { email: ' ana@example.com ' });
    expect(requested).toMatchObject({
      ...{ __typename: 'Invoice', orderId, status: 'REQUESTED', ...COMPANY, email: 'ana@example.com' },
      ...{ amountMinor: null, lines: [], number: null, fileUrl: null },
    });
    await issued(olga, requested.id);
    const invoice = (await invoiceOf(ana, orderId))!;
    expect(invoice).toMatchObject({
      ...{ status: 'ISSUED', amountMinor: 6_800, freightMinor: 800, issuedOn: '2026-01-05' },
      ...{ lines: [{ quantity: 2, unitPriceMinor: 3_000, amountMinor: 6_000 }], saysTooMuch: false },
    });
    expect(invoice.number).toMatch(/^\d{20}$/);
    expect(invoice.steps.map(({ status }) => status)).toEqual(['REQUESTED', 'ISSUING', 'ISSUED']);
    const file = await fetch(invoice.fileUrl!);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(A_PDF);
    expect((await listed(ana, 'invoices'))[0]).toMatchObject({ id: requested.id, status: 'ISSUED' });
  });

  it('cannot ask before all of it is shipped', async () => {
    const orderId = await bought(shop, ana, sale.skuId, 2);
    expect((await request(ana, orderId)).__typename).toBe('InvoiceTooEarly');
  });

  it('cannot ask for what goes back whole, or cost nothing', async () => {
    const orderId = await anOrder();
    await giveBack(olga, orderId, 6_800);
    expect((await request(ana, orderId)).__typename).toBe('NothingToInvoice');
  });

  it.each([
    ['a wrong sign', '9144030019220382I6', 17],
    ['two that are exchanged', '914403001922038261', 18],
  ])('is told of %s of the tax number', async (_what, taxNumber, position) => {
    expect(await request(ana, await anOrder(), { taxNumber })).toMatchObject({
      __typename: 'TaxNumberWrong',
      position,
    });
  });

  it.each([
    [{ titleKind: 'PERSONAL' }, 'input.taxNumber'],
    [{ taxNumber: null }, 'input.taxNumber'],
    [{ taxNumber: '440300192203821' }, 'input.taxNumber'],
    [{ title: ' ' }, 'input.title'],
    [{ title: '一\n二' }, 'input.title'],
    [{ email: 'nobody' }, 'input.email'],
  ])('is told which field is wrong in %j: %s', async (said, path) => {
    const input = { orderId: newId('order'), ...COMPANY, idempotencyKey: randomUUID(), ...said };
    const answer = await ana.send(
      'mutation ($input: InvoiceRequestInput!) { invoiceRequest(input: $input) { __typename } }',
      { input },
    );
    expect(answer.errors?.[0]?.extensions.fields?.map((field) => field.path)).toEqual([path]);
  });

  it('writes a tax number as it is printed, and a person has none', async () => {
    expect(await request(ana, await anOrder(), { taxNumber: ' 9144 0300 1922 038216 ' })).toMatchObject(COMPANY);
    const own = { titleKind: 'PERSONAL', title: '个人', taxNumber: null };
    expect(await request(ana, await anOrder(), own)).toMatchObject({ ...own, __typename: 'Invoice' });
  });

  it('has one invoice of an order, however often it is asked at once; the same tap again is the same', async () => {
    const orderId = await anOrder();
    const answers = await Promise.all(Array.from({ length: 6 }, () => request(ana, orderId)));
    const [first] = answers.filter(({ __typename }) => __typename === 'Invoice');
    const others = answers.filter((answer) => answer !== first);
    expect(others.map(({ __typename, invoice }) => [__typename, invoice?.id])).toEqual(
      Array.from({ length: 5 }, () => ['InvoiceAlreadyRequested', first!.id]),
    );
    const again = await anOrder();
    const key = { idempotencyKey: randomUUID() };
    expect((await request(ana, again, key)).id).toBe((await request(ana, again, key)).id);
  });

  it('cancels a request before anybody works on it, and may ask again', async () => {
    const orderId = await anOrder();
    const { id } = await request(ana, orderId);
    expect(await cancel(ana, id)).toMatchObject({ status: 'CANCELLED' });
    expect(await cancel(ana, id)).toMatchObject({ status: 'CANCELLED' });
    const again = await request(ana, orderId);
    await take(olga, again.id);
    expect((await cancel(ana, again.id)).__typename).toBe('InvoiceNotCancellable');
  });

  it('either cancels or has it issued when both happen at once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const id = await asked();
      const [cancelled, taken] = await Promise.all([cancel(ana, id), take(olga, id)]);
      const ways = [cancelled.__typename, taken.__typename].join();
      expect(['Invoice,InvoiceNotYours', 'InvoiceNotCancellable,Invoice']).toContain(ways);
    }
  });

  it('corrects what failed by asking again', async () => {
    const orderId = await anOrder();
    const { id } = await request(ana, orderId);
    await take(olga, id);
    await fail(olga, id);
    expect(await invoiceOf(ana, orderId)).toMatchObject({ status: 'FAILED', whyFailed: '未能开具：抬头与税号不符。' });
    expect(await request(ana, orderId, { title: '果园（深圳）科技有限公司' })).toMatchObject({ status: 'REQUESTED' });
  });

  it('finds nothing of somebody else’s', async () => {
    const orderId = await anOrder();
    const { id } = await request(ana, orderId);
    const codes = async (document: string, input: object): Promise<string> =>
      codeOf(await bo.send(document, { input }));
    const REQUEST = 'mutation ($input: InvoiceRequestInput!) { invoiceRequest(input: $input) { __typename } }';
    const CANCEL = 'mutation ($input: InvoiceInput!) { invoiceCancel(input: $input) { __typename } }';
    const said = { ...COMPANY, idempotencyKey: randomUUID() };
    expect(await codes(REQUEST, { orderId, ...said })).toBe('NOT_FOUND');
    expect(await codes(CANCEL, { invoiceId: id })).toBe('NOT_FOUND');
    expect(await codes(CANCEL, { invoiceId: newId('invoice') })).toBe('NOT_FOUND');
    expect((await listed(bo, 'invoices')).map((invoice) => invoice.id)).not.toContain(id);
    expect(await invoiceOf(ana, orderId)).toMatchObject({ status: 'REQUESTED' });
  });
});

describe('whoever issues invoices by hand', () => {
  it('finds them with all that is on them, the longest waiting first, and each look is kept', async () => {
    const [first, second] = [await asked(bo), await asked(bo)];
    const waiting = (await listed(pia, 'invoicesToIssue')).filter(({ id }) => id === first || id === second);
    expect(waiting.map(({ id }) => id)).toEqual([first, second]);
    expect(waiting[0]).toMatchObject({ title: COMPANY.title, taxNumber: COMPANY.taxNumber });
    const looks = await shop.rows("SELECT operation FROM look WHERE category = 'INVOICES' AND user_id = ?", [
      idBytes((await bo.userId()) as Id),
    ]);
    expect(looks).toEqual([{ operation: 'invoicesToIssue' }]);
  });

  it('takes one alone: two at once do not both issue it, and one can take over from the other', async () => {
    const id = await asked();
    expect((await formFor(pia, id, 9)).__typename).toBe('InvoiceNotYours');
    await take(olga, id);
    await take(pia, id);
    expect((await formFor(olga, id, 9)).__typename).toBe('InvoiceNotYours');
    expect((await fail(olga, id)).__typename).toBe('InvoiceNotYours');
    await upload(pia, id);
    expect((await enter(olga, 'invoiceIssue', id)).__typename).toBe('InvoiceNotYours');
    expect(await enter(pia, 'invoiceIssue', id)).toMatchObject({ status: 'ISSUED' });
    expect((await take(olga, id)).__typename).toBe('InvoiceNotYours');
  });

  it('enters the same twice without harm, also at once, and never a number of another invoice', async () => {
    const [id, other] = [await asked(), await asked()];
    for (const each of [id, other]) {
      await take(olga, each);
      await upload(olga, each);
    }
    const said = { number: aNumber() };
    const answers = await Promise.all([enter(olga, 'invoiceIssue', id, said), enter(olga, 'invoiceIssue', id, said)]);
    expect(answers.map(({ __typename }) => __typename)).toContain('Invoice');
    expect(await enter(olga, 'invoiceIssue', id, said)).toMatchObject({ status: 'ISSUED', ...said });
    expect((await enter(olga, 'invoiceIssue', other, said)).__typename).toBe('InvoiceNumberTaken');
    expect(await enter(olga, 'invoiceIssue', other)).toMatchObject({ status: 'ISSUED' });
  });

  it('needs a file that is a PDF of the promised size', async () => {
    const id = await asked();
    await take(olga, id);
    expect((await enter(olga, 'invoiceIssue', id)).__typename).toBe('InvoiceFileMissing');
    const form = await formFor(olga, id, A_PDF.length);
    expect(await post(form, Buffer.concat([A_PDF, A_PDF]))).toBe('400 EntityTooLarge');
    await upload(olga, id, Buffer.from('<html>an invoice</html>'));
    expect((await enter(olga, 'invoiceIssue', id)).__typename).toBe('InvoiceFileUnfit');
    expect(await invoiceOf(ana, (await listed(ana, 'invoices')).find((each) => each.id === id)!.orderId)).toMatchObject(
      {
        status: 'ISSUING',
      },
    );
  });

  it.each([
    ['2026-02-30', 'there is no such day'],
    ['2026-13-01', 'there is no such month'],
    ['9999-01-01', 'it is not yet'],
  ])('cannot date it %s: %s', async (issuedOn) => {
    const input = { invoiceId: newId('invoice'), number: aNumber(), issuedOn, reason: '开具' };
    const { errors } = await olga.send(
      'mutation ($input: InvoiceIssueInput!) { invoiceIssue(input: $input) { __typename } }',
      {
        input,
      },
    );
    expect(errors?.[0]?.extensions.fields?.map(({ path }) => path)).toEqual(['input.issuedOn']);
  });

  it('leaves a posted file behind for as long as a form is good, and what was entered for good', async () => {
    const id = await asked();
    await issued(olga, id);
    const keys = async (prefix: string): Promise<string[]> =>
      (await keysIn(shop)).filter((key) => key.startsWith(prefix));
    const [posted, kept] = [await keys('invoice-uploads/'), await keys('invoices/')];
    await shop.get(InvoiceFiles).sweepUploads();
    expect(await keys('invoice-uploads/')).toEqual(posted);
    const machine = { now: () => secondsAfter(new Date(), 1_300) };
    await new InvoiceFiles(shop.get(ObjectStorage), machine).sweepUploads();
    expect(await keys('invoice-uploads/')).toEqual([]);
    expect(await keys('invoices/')).toEqual(kept);
  });
});

describe('the file of an invoice', () => {
  it('is read by nobody without an address that is signed, for this file and for now', async () => {
    const orderId = await anOrder();
    await issued(olga, (await request(ana, orderId)).id);
    const url = new URL((await invoiceOf(ana, orderId))!.fileUrl!);
    const answers = async (change: (url: URL) => void): Promise<number> => {
      const changed = new URL(url);
      change(changed);
      return (await fetch(changed)).status;
    };
    expect(await answers(() => undefined)).toBe(200);
    expect(await answers((each) => (each.search = ''))).toBe(403);
    expect(
      await answers((each) => {
        each.searchParams.set('X-Amz-Expires', '9999');
      }),
    ).toBe(403);
    expect(await answers((each) => (each.pathname = each.pathname.replace('.pdf', '.png')))).toBe(403);
    expect(url.searchParams.get('X-Amz-Expires')).toBe('300');
  });
});

describe('money that goes back', () => {
  it('before anybody works on it is not on the invoice', async () => {
    const orderId = await anOrder();
    const { id } = await request(ana, orderId);
    await giveBack(olga, orderId, 3_400);
    expect(await take(olga, id)).toMatchObject({
      ...{ amountMinor: 3_400, freightMinor: 400, lines: [{ quantity: 2, unitPriceMinor: 3_000, amountMinor: 3_000 }] },
    });
  });

  it('whole before anybody works on it leaves nothing to be issued', async () => {
    const orderId = await anOrder();
    const { id } = await request(ana, orderId);
    await giveBack(olga, orderId, 6_800);
    expect(await take(olga, id)).toMatchObject({ status: 'FAILED', whyFailed: '订单款项已全部退回，无需开票。' });
  });

  it('while it is being issued is told to whoever issues it, and takes it back at once if it is issued all the same', async () => {
    const orderId = await anOrder();
    const { id } = await request(ana, orderId);
    await take(olga, id);
    await giveBack(olga, orderId, 100);
    expect((await listed(olga, 'invoicesToIssue')).find((each) => each.id === id)).toMatchObject({ saysTooMuch: true });
    await upload(olga, id);
    expect(await enter(olga, 'invoiceIssue', id)).toMatchObject({ status: 'REVERSING', amountMinor: 6_800 });
  });

  it('after it was issued takes it back, and the rest may be invoiced anew', async () => {
    const orderId = await anOrder();
    const { id } = await request(ana, orderId);
    await issued(olga, id);
    expect((await listed(olga, 'invoicesToReverse')).map((each) => each.id)).not.toContain(id);
    await giveBack(olga, orderId, 3_400);
    await deliver(shop);
    expect((await listed(pia, 'invoicesToReverse')).map((each) => each.id)).toContain(id);
    expect((await request(ana, orderId)).__typename).toBe('InvoiceAlreadyRequested');
    expect((await enter(pia, 'invoiceReverse', id)).__typename).toBe('InvoiceFileMissing');
    await upload(pia, id);
    const said = { number: aNumber(), issuedOn: '2026-01-06' };
    expect(await enter(pia, 'invoiceReverse', id, said)).toMatchObject({ status: 'REVERSED', redNumber: said.number });
    expect(await enter(pia, 'invoiceReverse', id, said)).toMatchObject({ status: 'REVERSED' });
    const reversed = (await invoiceOf(ana, orderId))!;
    expect(reversed.steps.map(({ status }) => status)).toEqual([
      ...['REQUESTED', 'ISSUING', 'ISSUED', 'REVERSING', 'REVERSED'],
    ]);
    expect((await fetch(reversed.redFileUrl!)).status).toBe(200);
    const rest = await request(ana, orderId);
    expect(await issued(olga, rest.id)).toMatchObject({ status: 'ISSUED', amountMinor: 3_400 });
  });

  it('at the same moment as it is issued never leaves an invoice that says too much', async () => {
    for (let round = 0; round < 3; round += 1) {
      const orderId = await anOrder();
      const { id } = await request(ana, orderId);
      await take(olga, id);
      await upload(olga, id);
      await Promise.all([enter(olga, 'invoiceIssue', id), giveBack(olga, orderId, 100)]);
      await deliver(shop);
      expect(await invoiceOf(ana, orderId)).toMatchObject({ status: 'REVERSING' });
    }
  });
});
