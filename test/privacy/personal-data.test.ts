import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { idBytes, newId } from '#common';
import type { UserId } from '#identity';
import { Look } from '#privacy';
import { anOffer, type OnSale } from '../support/builders.js';
import { aDelivery } from '../support/deliveries.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { completedOrder } from './erasing.js';

const ACCOUNT = `{ personalData { categories { name what purpose basis kept count correctedBy }
  looks { edges { node { id category operation lookedAt } } } } }`;
const QUEUE = `query ($first: Int!) { refundQueue(first: $first) { edges { node {
  order { status delivery { address { recipientName phone } } } again: order { delivery { address { city } } } } } } }`;
const CATEGORIES = 20;

interface Account {
  readonly categories: readonly { name: string; what: string; count: number; correctedBy: string | null }[];
  readonly looks: { readonly edges: readonly { node: { category: string; operation: string } }[] };
}
interface Document {
  readonly format: string;
  readonly version: number;
  readonly userId: string;
  readonly records: readonly { category: string; data: Record<string, unknown> }[];
  readonly isComplete: boolean;
}

let shop: Shop;
let onSale: OnSale;
let ana: Phone;
let anaId: UserId;
let named = 0;

beforeAll(async () => {
  shop = await Shop.open();
  onSale = await anOffer(shop, { stock: 1_000 });
});
beforeEach(async () => {
  named += 1;
  ana = await shop.login(`ana ${named}`);
  anaId = await ana.userId();
});
afterAll(async () => {
  await shop.close();
});

const download = (phone: Phone, language = 'zh'): Promise<Response> =>
  fetch(`${shop.url}/privacy/export`, {
    headers: {
      'accept-language': language,
      ...(phone.accessToken === null ? {} : { authorization: `Bearer ${phone.accessToken}` }),
    },
  });
const looksOf = async (phone: Phone): Promise<string[]> =>
  (await phone.ask<Account>(ACCOUNT)).looks.edges.map(({ node }) => `${node.operation} ${node.category}`);

/** Refunds of other buyers that wait for an operator. */
async function refundCases(count: number): Promise<Phone[]> {
  const olga = await shop.operator('olga');
  const people: Phone[] = [];
  for (let number = 0; number < count; number += 1) {
    const buyer = await shop.login(newId('user'));
    const { id, orders } = await buyer.buy(onSale.skuId);
    await buyer.pay(id, { notify: { lose: true } });
    await buyer.confirmPayment(id);
    await olga.ask('mutation ($input: OrderRefundInput!) { orderRefund(input: $input) { __typename } }', {
      input: { orderId: orders[0]!.id, amountMinor: 100, note: '压坏了', idempotencyKey: newId('refund') },
    });
    people.push(buyer);
  }
  await shop.rows("UPDATE refund SET status = 'ABNORMAL' WHERE status = 'CREATED'");
  return people;
}

describe('the account of what is held', () => {
  it('has every category with its purpose and how many there are, and where it is corrected', async () => {
    await ana.ask('mutation { profileUpdate(input: { nickname: "桂花糕阿婆" }) { id } }');
    await completedOrder(shop, ana, onSale.skuId);
    const { categories } = await ana.ask<Account>(ACCOUNT);
    expect(categories).toHaveLength(CATEGORIES);
    const counts = Object.fromEntries(categories.map(({ name, count }) => [name, count]));
    expect(counts).toEqual({
      ...{ ACCOUNT: 1, SESSIONS: 1, BLOCKS: 0, DECISIONS: 0, CONSENTS: 0, LOOKS: 0, REQUESTS: 1 },
      ...{
        ORDERS: 1,
        DELIVERIES: 1,
        PAYMENTS: 1,
        TEAMS: 0,
        PHONE: 0,
        ADDRESSES: 0,
        IMAGES: 0,
        PARCELS: 1,
        AFTER_SALES: 0,
      },
      SHARES: 0,
      ...{ INVOICES: 0, MESSAGES: 0, MESSAGE_SETTINGS: 0 },
    });
    expect(categories.find(({ name }) => name === 'ACCOUNT')).toMatchObject({ correctedBy: 'profileUpdate' });
  });

  it('is told in the language of the request', async () => {
    const { data } = await ana.send(ACCOUNT, {}, { 'accept-language': 'en' });
    for (const { what } of (data as unknown as { personalData: Account }).personalData.categories)
      expect(what).toMatch(/^[A-Z][\x20-\u00ff’“”]+\.$/u);
  });

  it('takes three statements, whatever is held', async () => {
    await ana.ask(ACCOUNT);
    expect(await shop.statements.during(() => ana.ask(ACCOUNT))).toHaveLength(3);
  });
});

describe('who has looked', () => {
  it('is kept when an operator is told somebody’s data, once for each category of an operation, before it is told', async () => {
    const [bo] = await refundCases(1);
    const olga = await shop.operator('olga');
    expect(await looksOf(bo!)).toEqual([]);
    await olga.ask(QUEUE, { first: 100 });
    expect((await looksOf(bo!)).toSorted()).toEqual(['refundQueue DELIVERIES', 'refundQueue ORDERS']);
    expect(await looksOf(ana)).toEqual([]);
    const [look] = await shop.rows<{ actor_id: string }>('SELECT actor_id FROM look WHERE user_id = ?', [
      idBytes(await bo!.userId()),
    ]);
    const { id } = await olga.ask<{ id: string }>('{ staffMe { id } }');
    expect(look!.actor_id).toBe(id);

    await shop.rows('RENAME TABLE look TO look_away');
    const { data, errors } = await olga.send(QUEUE, { first: 100 });
    await shop.rows('RENAME TABLE look_away TO look');
    expect(JSON.stringify(data)).not.toContain('020-');
    expect(errors?.[0]?.extensions.code).toBe('INTERNAL');
  });

  it('is kept by the name of the operation, whatever whoever asks calls it', async () => {
    const [bo] = await refundCases(1);
    const olga = await shop.operator('olga');
    const disguised = QUEUE.replace('refundQueue(', '...F } fragment F on Query { weather: refundQueue(');
    await olga.ask(disguised, { first: 100 });
    expect((await looksOf(bo!)).toSorted()).toEqual(['refundQueue DELIVERIES', 'refundQueue ORDERS']);
  });

  it('is nobody when one reads one’s own', async () => {
    await completedOrder(shop, ana, onSale.skuId);
    await ana.ask('{ orders { edges { node { delivery { address { phone } } } } } }');
    expect(await looksOf(ana)).toEqual([]);
  });

  it('takes as many statements for nine people as for three', async () => {
    await refundCases(9);
    const olga = await shop.operator('olga');
    const counts: number[] = [];
    for (const first of [3, 9, 3, 9])
      counts.push((await shop.statements.during(() => olga.ask(QUEUE, { first }))).length);
    expect(counts[1]).toBe(counts[0]);
    expect(counts[3]).toBe(counts[2]);
    const before = await shop.source.manager.count(Look);
    await olga.ask(QUEUE, { first: 9 });
    expect((await shop.source.manager.count(Look)) - before).toBe(18);
  });
});

describe('the export', () => {
  it('is one document with everything that is held, opened', async () => {
    await ana.ask('mutation { profileUpdate(input: { nickname: "桂花糕阿婆" }) { id } }');
    await ana.agree('PHONE');
    const seat = await ana.open(onSale.offer.id);
    await completedOrder(shop, ana, onSale.skuId, aDelivery({ detail: '昂拉路7319弄42号' }));
    const response = await download(ana);
    expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
      200,
      'application/json; charset=utf-8',
      'no-store',
    ]);
    const document = (await response.json()) as Document;
    expect(document).toMatchObject({ format: 'haotuan.personal-data', version: 1, userId: anaId, isComplete: true });
    const of = (category: string): Record<string, unknown>[] =>
      document.records.filter((record) => record.category === category).map(({ data }) => data);
    expect(of('ACCOUNT')).toEqual([
      {
        id: anaId,
        status: 'ACTIVE',
        nickname: '桂花糕阿婆',
        openid: expect.any(String),
        unionid: expect.any(String),
        createdAt: expect.stringMatching(/Z$/),
      },
    ]);
    expect(
      of('DELIVERIES')
        .map(({ address }) => (address as { detail: string }).detail)
        .toSorted(),
    ).toEqual(['新港中路397号', '昂拉路7319弄42号']);
    expect(of('CONSENTS')).toMatchObject([{ purpose: 'PHONE', version: 1, kind: 'GIVEN', language: 'zh' }]);
    expect(of('TEAMS')).toMatchObject([{ id: seat.id, status: 'HELD', isOpener: true, unitsByOffer: 1 }]);
    expect(of('ORDERS')).toHaveLength(2);
    expect(of('PAYMENTS')).toHaveLength(3);
    expect(of('LOOKS')).toMatchObject([{ category: 'ALL', operation: 'privacyExport' }]);
    expect(JSON.stringify(document)).not.toMatch(/session_?key|hash/i);
  });

  it('has nothing of anybody else', async () => {
    const bo = await shop.login(`bo ${named}`);
    await bo.ask('mutation { profileUpdate(input: { nickname: "令狐大侠" }) { id } }');
    await completedOrder(shop, bo, onSale.skuId, aDelivery({ detail: '思过崖' }));
    const text = await (await download(ana)).text();
    for (const foreign of [await bo.userId(), '令狐大侠', '思过崖']) expect(text).not.toContain(foreign);
  });

  it('comes in pages: 1,100 looks are read by three statements', async () => {
    await shop.source.manager.insert(
      Look,
      Array.from({ length: 1_099 }, () => ({
        ...{ id: newId('look'), userId: anaId, actorId: 'somebody' },
        ...{ category: 'ORDERS', operation: 'refundQueue' },
      })),
    );
    let document: Document | undefined;
    const statements = await shop.statements.during(async () => {
      document = (await (await download(ana)).json()) as Document;
    });
    expect(document!.records.filter(({ category }) => category === 'LOOKS')).toHaveLength(1_100);
    const pages = statements.filter((sql) => sql.includes('FROM `look`') && sql.includes('LIMIT 500'));
    expect(pages).toHaveLength(3);
  });

  it('is seen among the looks, and given five times a day', async () => {
    for (let time = 0; time < 5; time += 1) expect((await download(ana)).status).toBe(200);
    expect(await looksOf(ana)).toEqual(Array<string>(5).fill('privacyExport ALL'));
    const refused = await download(ana, 'en');
    expect([refused.status, await refused.json()]).toEqual([
      429,
      { code: 'TOO_MANY_REQUESTS', message: 'You can download it 5 times a day. Please try again tomorrow.' },
    ]);
    expect((await download(await shop.login(`bo ${named}`))).status).toBe(200);
  });

  it('wants a login of the last ten minutes, and a login at all', async () => {
    await shop.rows('UPDATE session SET started_at = NOW(3) - INTERVAL 11 MINUTE WHERE user_id = ?', [idBytes(anaId)]);
    const refused = await download(ana);
    expect([refused.status, await refused.json()]).toEqual([
      403,
      { code: 'LOGIN_TOO_OLD', message: '为了保护您的数据，请重新登录后再下载。' },
    ]);
    await ana.login();
    expect((await download(ana)).status).toBe(200);
    const guest = await download(shop.phone('nobody'));
    expect([guest.status, ((await guest.json()) as { code: string }).code]).toEqual([401, 'UNAUTHENTICATED']);
  });
});
