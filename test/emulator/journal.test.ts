import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeEverything, control, Inbox, paidOrder, pay, read, shop, startShopEmulator, until } from './wechat.js';

let folder: string;
let journalFile: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emulator-'));
  journalFile = join(folder, 'books', 'journal.jsonl');
});
afterEach(async () => {
  await closeEverything();
  await rm(folder, { recursive: true });
});

const start = (options: object = {}) => startShopEmulator({ journalFile, ...options });
const booksOf = async (url: string) => (await control(url, 'GET', '/books')).body;

describe('a restart', () => {
  it('keeps trades, captures, refunds and totals', async () => {
    const before = await start();
    const { order, transactionId, prepayId } = await paidOrder(before.url);
    const refund = { transaction_id: transactionId, out_refund_no: 'refund_1', amount: { refund: 990, total: 2_990 } };
    await pay(before.url, 'POST', '/v3/refund/domestic/refunds', refund);
    await control(before.url, 'POST', '/clock', { now: '2026-03-01T10:00:00+08:00' });
    const books = await booksOf(before.url);
    const captures = (await control(before.url, 'GET', '/books/captures')).body;
    await before.close();

    const after = await start();
    expect(await booksOf(after.url)).toEqual(books);
    expect((await control(after.url, 'GET', '/books/captures')).body).toEqual(captures);
    expect((await pay(after.url, 'POST', '/v3/refund/domestic/refunds', refund)).body).toMatchObject({
      status: 'SUCCESS',
    });
    expect((await pay(after.url, 'POST', '/v3/pay/transactions/jsapi', order)).body['code']).toBe('ORDERPAID');
    const again = await control(after.url, 'POST', '/payments', { prepay_id: prepayId, again: true });
    expect(again.body['success_time']).toBe('2026-03-01T10:00:00+08:00');
    await after.close();
  });

  it('keeps login codes and the token', async () => {
    const before = await start();
    const { code } = (await control(before.url, 'POST', '/login-codes', { person: 'ana' })).body;
    const token = await tokenOf(before.url);
    await before.close();

    const after = await start();
    const query = {
      appid: shop.appId,
      secret: shop.appSecret,
      js_code: String(code),
      grant_type: 'authorization_code',
    };
    const session = await read(await fetch(`${after.url}/sns/jscode2session?${new URLSearchParams(query).toString()}`));
    expect(session.body).toHaveProperty('openid');
    expect(await tokenOf(after.url)).toBe(token);
    await after.close();
  });

  it('delivers what was still on its way, and finishes the refunds', async () => {
    const inbox = new Inbox();
    await inbox.listen();
    inbox.status = 503;
    const before = await start({ refundSeconds: 0.2, retryScale: 0.01 });
    const { transactionId } = await paidOrder(before.url, { notify_url: inbox.url });
    const refund = { transaction_id: transactionId, out_refund_no: 'refund_1', amount: { refund: 1, total: 2_990 } };
    await pay(before.url, 'POST', '/v3/refund/domestic/refunds', refund);
    const [first] = await inbox.waitFor(1);
    await before.close();

    inbox.status = 204;
    const after = await start({ retryScale: 0.01 });
    await until(async () => {
      const books = await booksOf(after.url);
      return books['undelivered_notifications'] === 0 && books['refunded_minor'] === 1;
    }, 'the delivery and the refund');
    expect(inbox.notices.at(-1)!.id).toBe(first!.id);
    await after.close();
    await inbox.close();
  });

  it('remembers how a refund was going to end, and that it was not going to', async () => {
    const before = await start({ refundSeconds: 3_600 });
    const { transactionId } = await paidOrder(before.url);
    for (const kind of ['closed', 'stuck']) {
      await control(before.url, 'POST', '/faults', { operation: 'refund', kind });
      const refund = { transaction_id: transactionId, out_refund_no: kind, amount: { refund: 1, total: 2_990 } };
      await pay(before.url, 'POST', '/v3/refund/domestic/refunds', refund);
    }
    await before.close();
    // The channel is slow; here its hour is over.
    const journal = await readFile(journalFile, 'utf8');
    await writeFile(journalFile, journal.replaceAll(/"endsAtMs":\d+/g, '"endsAtMs":0'));

    const after = await start();
    await until(async () => (await booksOf(after.url))['closed_refunds'] === 1, 'the end of the closed one');
    expect(await booksOf(after.url)).toMatchObject({ refunds: 0, processing_refunds: 1 });
    await after.close();
  });

  it('forgives a last line that a kill tore, and nothing else', async () => {
    const before = await start();
    await paidOrder(before.url);
    await before.close();
    const whole = await readFile(journalFile, 'utf8');

    await appendFile(journalFile, '{"table":"captures","key":"4200');
    const after = await start();
    expect(await booksOf(after.url)).toMatchObject({ captures: 1 });
    await paidOrder(after.url);
    await after.close();

    const third = await start();
    expect(await booksOf(third.url)).toMatchObject({ captures: 2 });
    await third.close();

    await writeFile(journalFile, `not ours\n${whole}`);
    await expect(start()).rejects.toThrow('JSON');
  });
});

async function tokenOf(url: string): Promise<unknown> {
  const body = JSON.stringify({ grant_type: 'client_credential', appid: shop.appId, secret: shop.appSecret });
  return (await read(await fetch(`${url}/cgi-bin/stable_token`, { method: 'POST', body }))).body['access_token'];
}
