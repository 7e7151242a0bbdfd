import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idBytes, idFromBytes, newId, prefixOf, Sealed, type SealedPlace, sealedPlaces, Vault } from '#common';
import { Address, ADDRESS_SEALS, type AddressId, User, USER_SEALS } from '#identity';
import { PAGE_SIZE_MAX } from '../../src/common/paging.js';
import { resealColumn } from '../../src/cli/rekey/reseal.js';
import { anOffer } from '../support/builders.js';
import { aDelivery } from '../support/deliveries.js';
import { aUser } from '../support/people.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSound, until } from '../support/sound.js';

const INDEX = process.env['DATA_INDEX_KEY']!;
const key = (): string => randomBytes(32).toString('base64url');
const [OLD, NEW] = [key(), key()];
const vaultWith = (DATA_KEYS: string): Vault => new Vault({ DATA_KEYS, DATA_INDEX_KEY: INDEX });
const [old, both, fresh] = [vaultWith(`7:${OLD}`), vaultWith(`8:${NEW},7:${OLD}`), vaultWith(`8:${NEW}`)];
/** More than a page of each. */
const OTHERS = 700;
const ROUNDS_MIN = 3;

let shop: Shop;

/** A shop whose servers seal under the new key already, and in which nearly everything is from before. */
beforeAll(async () => {
  const keys = { DATA_KEYS: `8:${NEW},7:${OLD}` };
  shop = await Shop.open({ environment: { ...keys, PHONE_CODES_PER_PERSON: '1000', LOGINS_PER_PERSON: '1000' } });
  const people = Array.from({ length: OTHERS }, (_, number) => aUser({ nickname: `小${number}` }, old));
  await shop.source.manager.insert(User, people);
  await shop.source.manager.insert(
    Address,
    people.map(({ id: userId }) => {
      const id: AddressId = newId('address');
      return { id, userId, contents: old.seal(ADDRESS_SEALS.contents, id, `of ${userId}`), isDefault: true };
    }),
  );
});
afterAll(async () => {
  await shop.close();
});

interface StoredSeal {
  readonly id: Buffer;
  readonly sealed: Buffer;
}
const places = (): SealedPlace[] => sealedPlaces(shop.source);
const placeOf = (wanted: string): SealedPlace => places().find(({ name }) => name === wanted)!;

/** Every sealed value of a column, with the id of its row. */
async function sealsIn({ entity, column }: SealedPlace) {
  const [table, field] = [`\`${entity.tableName}\``, `\`${column.databaseName}\``];
  const rows = await shop.rows<StoredSeal>(`SELECT id, ${field} AS sealed FROM ${table} WHERE ${field} IS NOT NULL`);
  const prefix = prefixOf(entity.target as new () => object);
  return rows.map(({ id, sealed }) => ({ id: idFromBytes(prefix, id), sealed: new Sealed(sealed) }));
}

/** Seals everything under the old key, as it stood before the new one was there. */
async function makeOld(place: SealedPlace): Promise<void> {
  const [table, field] = [`\`${place.entity.tableName}\``, `\`${place.column.databaseName}\``];
  for (const { id, sealed } of await sealsIn(place)) {
    const { bytes } = old.seal(place.name, id, both.open(place.name, id, sealed));
    await shop.rows(`UPDATE ${table} SET ${field} = ? WHERE id = ?`, [bytes, idBytes(id)]);
  }
}

/** As the command does it. */
async function resealAll(): Promise<{ resealed: number; broken: string[] }> {
  const results = [];
  for (const place of places()) results.push(await resealColumn(shop.source, both, place, () => undefined));
  return {
    resealed: results.reduce((sum, { resealed }) => sum + resealed, 0),
    broken: results.flatMap(({ broken }) => [...broken]),
  };
}

/** What somebody has told the shop last. */
interface Told {
  readonly phone: Phone;
  readonly labels: Map<string, string>;
  nickname: string;
  number: string;
  orders: number;
}

const BOOK = '{ addresses { id label address { detail } } }';
const ADD = 'mutation ($input: AddressAddInput!) { addressAdd(input: $input) { ... on Address { id } } }';
const CHANGE = 'mutation ($input: AddressChangeInput!) { addressChange(input: $input) { id } }';
const NAME = 'mutation ($input: ProfileUpdateInput!) { profileUpdate(input: $input) { id } }';
const GIVE = 'mutation ($input: PhoneUpdateInput!) { phoneUpdate(input: $input) { ... on User { wholePhone } } }';

/** One round of what people do: log in, say who they are and where they live, buy. */
async function act(told: Told, round: number, skuId: string): Promise<void> {
  const { phone, labels } = told;
  await phone.login();
  const address = { ...aDelivery().address, detail: `${round}号` };
  if (labels.size < 15) {
    const input = { idempotencyKey: randomUUID(), address, label: `第${round}个` };
    const { id } = await phone.ask<{ id: AddressId }>(ADD, { input });
    labels.set(id, input.label);
  }
  const [addressId] = [...labels.keys()];
  await phone.ask(CHANGE, { input: { addressId, label: `改${round}` } });
  labels.set(addressId!, `改${round}`);
  told.nickname = `小${round}`;
  await phone.ask(NAME, { input: { nickname: told.nickname } });
  told.number = `138${String(round).padStart(8, '0')}`;
  await phone.ask(GIVE, { input: { code: await phone.phoneCode({ pure_phone_number: told.number }) } });
  if (told.orders === PAGE_SIZE_MAX) return; // No more of them are looked at in the end.
  await phone.buy(skuId, 1, undefined, { addressId: addressId as AddressId });
  told.orders += 1;
}

describe('sealing anew while the shop is open', () => {
  it('loses nothing that people say meanwhile, and then everything opens with the new key alone', async () => {
    const { skuId } = await anOffer(shop, { stock: 10_000 });
    const people: Told[] = [];
    for (const name of ['ana', 'bo', 'cy', 'di']) {
      const told = { phone: await shop.login(name), labels: new Map(), nickname: '', number: '', orders: 0 };
      await told.phone.agree('PHONE');
      await told.phone.agree('ADDRESS_BOOK');
      await act(told, 0, skuId);
      people.push(told);
    }
    for (const place of places()) await makeOld(place);

    let isOver = false;
    const sealing = resealAll().finally(() => (isOver = true));
    const acting = people.map(async (told) => {
      for (let round = 1; round <= ROUNDS_MIN || !isOver; round += 1) await act(told, round, skuId);
    });
    const [{ resealed, broken }] = await Promise.all([sealing, ...acting]);
    expect(broken).toEqual([]);
    expect(resealed).toBeGreaterThan(OTHERS * 3);

    for (const place of places()) {
      for (const { id, sealed } of await sealsIn(place)) fresh.open(place.name, id, sealed); // Throws SealBroken if it needs the old key.
    }
    const addresses = await shop.source.manager.findBy(Address, { isDefault: true });
    const opened = addresses.map(({ id, contents }) => fresh.open(ADDRESS_SEALS.contents, id, contents!));
    expect(opened.filter((text) => text.startsWith('of user_'))).toHaveLength(OTHERS);
    for (const { phone, labels, nickname, number, orders } of people) {
      expect(await phone.ask('{ me { nickname wholePhone } }')).toEqual({ nickname, wholePhone: number });
      const book = await phone.ask<{ id: string; label: string }[]>(BOOK);
      expect(new Map(book.map(({ id, label }) => [id, label]))).toEqual(labels);
      const placed = await phone.ask<{ edges: { node: { delivery: { address: { detail: string } } } }[] }>(
        `{ orders(first: ${PAGE_SIZE_MAX}) { edges { node { delivery { address { detail } } } } } }`,
      );
      expect(placed.edges.map(({ node }) => node.delivery.address.detail)).toEqual(Array(orders).fill('0号'));
    }
    await expectSound(shop);
  }, 120_000);

  it('is not stopped by others who lock the same rows in another order', async () => {
    await makeOld(placeOf(USER_SEALS.nickname));
    const [first, second] = await shop.source.manager.find(User, { order: { id: 'ASC' }, take: 2 });
    const others = shop.source.createQueryRunner();
    await others.startTransaction();
    // Of two who wait for each other, the one that has changed fewer rows is undone: the sealing.
    await others.query('UPDATE user SET unionid = NULL, phone_code_hash = REPEAT(?, 32) WHERE id > ?', [
      'x',
      idBytes(first!.id),
    ]);
    const sealing = resealColumn(shop.source, both, placeOf(USER_SEALS.nickname), () => undefined);
    const outcome = sealing.then(({ resealed, broken }) => ({ resealed, broken }));
    const wanted = [`UPDATE \`user\`%${idBytes(second!.id).toString('hex')}%`];
    const asking = (): Promise<unknown[]> =>
      shop.rows('SELECT 1 FROM information_schema.processlist WHERE info LIKE ? AND id <> CONNECTION_ID()', wanted);
    await until(async () => (await asking()).length > 0, 'the sealing wants the second row');
    await others.query('SELECT 1 FROM user WHERE id = ? FOR UPDATE', [idBytes(first!.id)]);
    await others.commitTransaction();
    await others.release();
    expect(await outcome).toEqual({ resealed: OTHERS + 4, broken: [] });
  });
});
