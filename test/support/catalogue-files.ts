import { Readable } from 'node:stream';
import {
  ApplyingService,
  type CatalogImport,
  CheckingService,
  type ImportMistake,
  ImportsService,
  Product,
  Sku,
  StagingService,
} from '#catalog';
import { Transactor } from '#common';
import type { Desk } from './desk.js';
import type { Shop } from './shop.js';

export const HEADER =
  'supplier,category,product,description,return_rule,options,sku_code,barcode,weight_grams,price,quantity,low_stock,on_sale';

const PLAIN = {
  ...{ supplier: '溪畔茶园', category: '饮品/茶', product: '红茶', description: '当年新茶', returnRule: '' },
  ...{ options: '', code: 'TEA', barcode: '', weight: '', price: '29.90', quantity: '', lowStock: '', onSale: 'yes' },
};

/** A line of a file, plain but for what is said. */
export function fileLine(but: Partial<typeof PLAIN> = {}): string {
  return Object.values({ ...PLAIN, ...but }).join(',');
}

export function fileOf(...lines: string[]): string {
  return [HEADER, ...lines, ''].join('\n');
}

export const BY_COMMAND = { by: 'command:test', reason: '秋季上新' } as const;

/** Reads and checks a file as a command does. */
export async function checked(shop: Shop, text: string, makesMissing = true): Promise<CatalogImport> {
  const staging = { by: BY_COMMAND.by, makesMissing, checkAt: new Date(Date.now() + 3_600_000) };
  const { id } = await shop.get(StagingService).stage(Readable.from([Buffer.from(text)]), staging);
  return shop.get(CheckingService).check(id);
}

/** Reads and checks a file that has no mistake, and lets it be applied. */
export async function begun(shop: Shop, text: string): Promise<CatalogImport> {
  const { id } = await checked(shop, text);
  return shop.get(Transactor).run((db) => shop.get(ImportsService).begin(db, id, BY_COMMAND));
}

/** Has a file applied, and tells how that ended. */
export async function imported(shop: Shop, text: string): Promise<CatalogImport> {
  const { id } = await begun(shop, text);
  return shop.get(ApplyingService).apply(id, null);
}

/** Everything that is wrong with an import. */
export async function mistakesOf(shop: Shop, { id }: Pick<CatalogImport, 'id'>): Promise<ImportMistake[]> {
  const { edges } = await shop.get(ImportsService).mistakes(id, { first: 10_000 });
  return edges.map(({ node }) => node);
}

/** The same in short: `line column kind`. */
export async function complaintsAbout(shop: Shop, at: Pick<CatalogImport, 'id'>): Promise<string[]> {
  return (await mistakesOf(shop, at)).map(({ line, column, kind }) => `${line} ${column ?? '-'} ${kind}`);
}

/** The SKU with a code, and its product. */
export async function articleOf(shop: Shop, code: string): Promise<Sku & { readonly product: Product }> {
  const sku = await shop.source.manager.findOneByOrFail(Sku, { code });
  const product = await shop.source.manager.findOneByOrFail(Product, { id: sku.productId });
  return Object.assign(sku, { product });
}

/** Sends a file to the shop's door. */
export function uploaded(
  shop: Shop,
  desk: Pick<Desk, 'accessToken'>,
  body: string | Buffer,
  query = '',
): Promise<Response> {
  return fetch(`${shop.url}/catalog/imports${query}`, {
    method: 'POST',
    headers: {
      'content-type': 'text/csv',
      'accept-language': 'en',
      ...(desk.accessToken !== null && { authorization: `Bearer ${desk.accessToken}` }),
    },
    body,
  });
}

/** Downloads the catalogue. */
export async function downloaded(shop: Shop, desk: Pick<Desk, 'accessToken'>): Promise<string> {
  const answer = await fetch(`${shop.url}/catalog/export`, {
    headers: { authorization: `Bearer ${desk.accessToken}` },
  });
  // As text the byte order mark would be gone.
  return Buffer.from(await answer.arrayBuffer()).toString();
}
