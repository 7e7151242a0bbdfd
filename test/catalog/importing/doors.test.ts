import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogImport, Product } from '#catalog';
import { downloaded, fileLine, fileOf, imported, uploaded } from '../../support/catalogue-files.js';
import type { Desk } from '../../support/desk.js';
import { Shop } from '../../support/shop.js';
import { expectSound, settle } from '../../support/sound.js';

interface Told {
  readonly __typename: string;
  readonly status: string;
  readonly linesTotal: number;
  readonly linesApplied: number;
  readonly reason: string | null;
  readonly catalogImport: { readonly status: string };
}

let shop: Shop;
let olga: Desk;

beforeAll(async () => {
  shop = await Shop.open();
  olga = await shop.operator('olga', 'CATALOG');
});
afterAll(async () => {
  await expectSound(shop);
  await shop.close();
});

const ONE = `query ($id: ID!) { catalogImport(id: $id) { __typename status linesTotal linesApplied reason startedBy endedAt } }`;
const MISTAKES = `query ($id: ID!, $first: Int!, $after: String) { catalogImportMistakes(id: $id, first: $first, after: $after) {
  edges { node { line column kind message } } pageInfo { hasNextPage endCursor } } }`;
const DECIDED = `__typename ... on CatalogImport { status } ... on CatalogImportNotReady { message catalogImport { status } }`;
const APPLY = `mutation ($input: CatalogImportApplyInput!) { catalogImportApply(input: $input) { ${DECIDED} } }`;
const CANCEL = `mutation ($input: CatalogImportCancelInput!) { catalogImportCancel(input: $input) { ${DECIDED} } }`;
const WHY = '秋季上新';

const decided = (by: Desk, document: string, importId: string, more: object = {}): Promise<Told> =>
  by.ask(document, { input: { importId, reason: WHY, ...more } });
const key = (): object => ({ idempotencyKey: randomUUID() });

/** Sends a file and lets workers judge it. */
async function sent(text: string, query = '?makeMissing=true'): Promise<string> {
  const answer = await uploaded(shop, olga, text, query);
  expect(answer.status).toBe(201);
  const { id, status } = (await answer.json()) as { id: string; status: string };
  expect(status).toBe('CHECKING');
  await settle(shop);
  return id;
}

describe('the door for files', () => {
  it('takes one, which is judged, and applied when somebody says so, once for each key', async () => {
    const lines = [
      fileLine({ code: 'D-1', product: '门一' }),
      fileLine({ code: 'D-2', product: '门二', quantity: '3' }),
    ];
    const id = await sent(fileOf(...lines));
    expect(await olga.ask<Told>(ONE, { id })).toMatchObject({ status: 'READY', linesTotal: 2, linesApplied: 0 });
    const idempotencyKey = randomUUID();
    expect(await decided(olga, APPLY, id, { idempotencyKey })).toEqual({
      __typename: 'CatalogImport',
      status: 'APPLYING',
    });
    await settle(shop);
    expect(await decided(olga, APPLY, id, { idempotencyKey })).toEqual({ __typename: 'CatalogImport', status: 'DONE' });
    expect(await decided(olga, APPLY, id, key())).toMatchObject({
      ...{ __typename: 'CatalogImportNotReady', catalogImport: { status: 'DONE' } },
    });
    const startedBy = await olga.staffId();
    expect(await olga.ask(ONE, { id })).toMatchObject({ status: 'DONE', linesApplied: 2, reason: WHY, startedBy });
    const acts = await shop.rows<{ actor: string }>(
      "SELECT DISTINCT actor FROM audit_entry WHERE kind = 'catalog.skuAdded' AND facts_after LIKE '%D-2%'",
    );
    expect(acts).toEqual([{ actor: startedBy }]);
  });

  it('tells every mistake page by page, in the language of who asks', async () => {
    const id = await sent(fileOf(...[1, 2, 3].map((number) => fileLine({ code: `E-${number}`, price: '多少' }))));
    type Page = {
      readonly edges: readonly { readonly node: object }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
    const { data } = await olga.send(MISTAKES, { id, first: 2 }, { 'accept-language': 'en' });
    const first = (data as unknown as { catalogImportMistakes: Page }).catalogImportMistakes;
    expect(first.edges[0]!.node).toEqual({
      ...{ line: 2, column: 'price', kind: 'NOT_PRICE' },
      message: 'Must be a price in yuan with two decimals at most, such as 29.90, up to 10000000.00.',
    });
    const rest = await olga.ask<Page>(MISTAKES, { id, first: 2, after: first.pageInfo.endCursor });
    expect([first.edges.length, rest.edges.length, rest.pageInfo.hasNextPage]).toEqual([2, 1, false]);
    expect(rest.edges[0]!.node).toMatchObject({
      line: 4,
      message: '必须是以元为单位的价格，最多两位小数，不超过10000000.00。',
    });
    expect((await decided(olga, APPLY, id, key())).__typename).toBe('CatalogImportNotReady');
  });

  it('lets one be given up that nobody has applied', async () => {
    const id = await sent(fileOf(fileLine({ code: 'F-1' })));
    expect(await decided(olga, CANCEL, id)).toEqual({ __typename: 'CatalogImport', status: 'CANCELLED' });
    expect((await decided(olga, CANCEL, id)).__typename).toBe('CatalogImportNotReady');
    expect((await decided(olga, APPLY, id, key())).__typename).toBe('CatalogImportNotReady');
  });

  it('answers who sends what is no catalogue as well, however much it is', async () => {
    const id = await sent(`nonsense\n${'x,y,z\n'.repeat(500_000)}`);
    expect(await olga.ask<Told>(ONE, { id })).toMatchObject({ status: 'REFUSED' });
  });

  it('is open to the catalogue’s people only, and says so in their language', async () => {
    const [pia, ana] = [await shop.operator('pia', 'FINANCE'), await shop.login('ana')];
    const before = await shop.source.manager.count(CatalogImport);
    const answers = await Promise.all([pia, ana, shop.guest].map((who) => uploaded(shop, who, fileOf(fileLine()))));
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 401]);
    expect(await answers[0]!.json()).toEqual({ code: 'FORBIDDEN', message: 'You may not do this.' });
    expect(await shop.source.manager.count(CatalogImport)).toBe(before);
    const document = await fetch(`${shop.url}/catalog/imports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${olga.accessToken}` },
      body: '{}',
    });
    expect(document.status).toBe(415);
    const elsewhere = await fetch(`${shop.url}/wechat/pay/notify`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: 'a',
    });
    expect([404, 415]).toContain(elsewhere.status);
  });
});

describe('the catalogue as a file', () => {
  const HARD = [
    ...[{ code: '=1+1', product: '+86', description: '"@SUM(A1) ""引号"" \r\n第二行"', options: '规=小' }],
    ...[{ code: "'quoted", product: '斜\\杠', category: '一\\/二/三', options: '规\\=格=小\\;大;颜色=\\\\' }],
    ...[{ code: '-5', product: '冰', description: '-5°C', barcode: '12345670', lowStock: '4', onSale: 'no' }],
  ];

  it('changes nothing when it is imported again, whatever it says', async () => {
    await imported(shop, fileOf(...HARD.map((but) => fileLine(but))));
    const stand = (): Promise<unknown> =>
      shop.rows(`SELECT product.*, sku.*, on_hand, (SELECT COUNT(*) FROM sku_price) AS prices,
        (SELECT COUNT(*) FROM category) AS categories, (SELECT COUNT(*) FROM supplier) AS suppliers,
        (SELECT COUNT(*) FROM audit_entry WHERE kind NOT LIKE 'catalog.import%') AS acts
        FROM product JOIN sku ON product_id = product.id JOIN stock ON sku_id = sku.id ORDER BY sku.id`);
    const before = await stand();
    const text = await downloaded(shop, olga);
    expect(text.split('\r\n')[0]).toMatch(/^\u{feff}supplier,category,product,/u);
    expect(text).not.toMatch(/(^|,)"?[=+@-]/m);
    const at = await imported(shop, text);
    expect(at).toMatchObject({ status: 'DONE', linesFailed: 0 });
    expect(await stand()).toEqual(before);
    expect(await downloaded(shop, olga)).toBe(text);
  });

  it('has all pages of it, once each', async () => {
    const lines = Array.from({ length: 1_100 }, (_, number) =>
      fileLine({ code: `P-${number}`, product: `页${number >> 1}`, options: `规格=${number % 2}` }),
    );
    await imported(shop, fileOf(...lines));
    const codes = [...(await downloaded(shop, olga)).matchAll(/P-\d+/g)].map(([code]) => code);
    expect([codes.length, new Set(codes).size]).toEqual([1_100, 1_100]);
  });

  it('is told to a supplier’s people of their own goods, and to nobody else', async () => {
    await imported(shop, fileOf(fileLine({ code: 'OWN-1', product: '自家', supplier: '自家供应商' })));
    const own = await shop.source.manager.findOneByOrFail(Product, { name: '自家' });
    const fay = await shop.supplier('fay', own.supplierId);
    const lines = (await downloaded(shop, fay)).trim().split('\r\n');
    expect(lines.slice(1)).toEqual([expect.stringContaining('OWN-1')]);
    const [pia, ana] = [await shop.operator('pia', 'SUPPORT'), await shop.login('ana')];
    for (const who of [pia, ana]) expect(JSON.parse(await downloaded(shop, who))).toMatchObject({ code: 'FORBIDDEN' });
    const guest = await fetch(`${shop.url}/catalog/export`);
    expect(guest.status).toBe(401);
  });
});
