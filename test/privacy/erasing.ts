import { idBytes, idFromBytes, prefixOf, Sealed, sealedPlaces, Vault } from '#common';
import type { UserId } from '#identity';
import { complete } from '../support/fulfilment.js';
import type { Phone } from '../support/phone.js';
import type { Shop } from '../support/shop.js';

export const ERASE = `mutation ($input: AccountEraseInput!) { accountErase(input: $input) {
  __typename ... on AccountStillOpen { matters { kind count } } ... on AccountErased { erasingSince } ... on Refusal { message } } }`;

export interface EraseAnswer {
  readonly __typename: string;
  readonly message: string;
  readonly matters: readonly { kind: string; count: number }[];
}

/** Erases an account from its phone, as its owner would. */
export async function erase(phone: Phone, code?: string): Promise<EraseAnswer> {
  return phone.ask(ERASE, { input: { code: code ?? (await phone.loginCode()), confirmation: 'ERASE' } });
}

/** Buys something alone and sees it through to the end of its after-sale window. */
export async function completedOrder(
  shop: Shop,
  phone: Phone,
  skuId: string,
  ...delivery: Parameters<Phone['buy']>[3][]
) {
  const checkout = await phone.buy(skuId, 1, undefined, ...delivery);
  await phone.pay(checkout.id, { notify: { lose: true } });
  await phone.confirmPayment(checkout.id);
  await shop.drain();
  await complete(shop, await phone.userId());
  return checkout;
}

export async function statusOf(shop: Shop, id: UserId): Promise<string> {
  const [user] = await shop.rows<{ status: string }>('SELECT status FROM user WHERE id = ?', [idBytes(id)]);
  return user!.status;
}

/** The places in which a text stands, in plain or sealed: every column that could hold it is read, and every seal opened. */
export async function placesOf(shop: Shop, text: string): Promise<string[]> {
  const columns = await shop.rows<{ table: string; column: string }>(
    `SELECT table_name AS \`table\`, column_name AS \`column\` FROM information_schema.columns
     WHERE table_schema = DATABASE() AND data_type REGEXP 'char|text|binary|blob|json'`,
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    const sql = `SELECT 1 FROM \`${table}\` WHERE LOCATE(CAST(? AS BINARY), CAST(\`${column}\` AS BINARY)) > 0 LIMIT 1`;
    if ((await shop.rows(sql, [Buffer.from(text)])).length > 0) found.push(`${table}.${column}`);
  }
  const vault = shop.get(Vault);
  for (const { entity, column, name } of sealedPlaces(shop.source)) {
    const rows = await shop.rows<{ id: Buffer; sealed: Buffer }>(
      `SELECT id, \`${column.databaseName}\` AS sealed FROM \`${entity.tableName}\` WHERE \`${column.databaseName}\` IS NOT NULL`,
    );
    const prefix = prefixOf(entity.target as new () => object);
    const opened = rows.map(({ id, sealed }) => vault.open(name, idFromBytes(prefix, id), new Sealed(sealed)));
    if (opened.some((value) => value.includes(text))) found.push(`${name} (sealed)`);
  }
  return found;
}
