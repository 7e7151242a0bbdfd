import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idBytes, newId, type SealedPlace, sealedPlaces, Sealed, Vault } from '#common';
import { Address, ADDRESS_SEALS, type AddressId, STAFF_SEALS, User, USER_SEALS } from '#identity';
import { AFTER_SALE_SEALS } from '#after-sale';
import { PARCEL_SEALS } from '#fulfilment';
import { INVOICE_SEALS } from '#invoices';
import { Order, ORDER_SEALS, type OrderId } from '#orders';
import { BadOption, readReason } from '../../src/cli/rekey/options.js';
import { resealColumn } from '../../src/cli/rekey/reseal.js';
import { rekey } from '../../src/cli/rekey/run.js';
import { trail } from '../audit/entries.js';
import { type MigratedDatabase, migratedDatabase } from '../common/migrated-database.js';
import { aUser } from '../support/people.js';

const key = (): string => randomBytes(32).toString('base64url');
const [OLD, NEW, INDEX] = [key(), key(), key()];
const vaultWith = (DATA_KEYS: string): Vault => new Vault({ DATA_KEYS, DATA_INDEX_KEY: INDEX });
const [old, both, fresh] = [vaultWith(`1:${OLD}`), vaultWith(`2:${NEW},1:${OLD}`), vaultWith(`2:${NEW}`)];
const PLACES = [
  ...Object.values(USER_SEALS),
  ...Object.values(ADDRESS_SEALS),
  ...[STAFF_SEALS.passwordHash, STAFF_SEALS.totpSecret],
  ...Object.values(ORDER_SEALS),
  PARCEL_SEALS.trackingNumber,
  ...Object.values(AFTER_SALE_SEALS),
  ...Object.values(INVOICE_SEALS),
];
const PEOPLE = 501; // More than a page.

let database: MigratedDatabase;
let openids: SealedPlace;

beforeAll(async () => {
  database = await migratedDatabase();
  openids = sealedPlaces(database.source).find(({ name }) => name === USER_SEALS.openid)!;
  const people = Array.from({ length: PEOPLE }, (_, number) =>
    aUser({ openid: `openid-of-${number}`, nickname: number % 2 === 0 ? `小${number}` : null }, old),
  );
  await database.source.manager.insert(User, people);
});
afterAll(async () => {
  await database.close();
});

function anOrder(id: OrderId, delivery: Sealed): Order {
  return {
    ...{ id, checkoutId: newId('checkout'), buyerId: newId('user'), supplierId: newId('supplier'), delivery },
    ...{ status: 'TO_FULFIL', awaitsTeam: false, hold: 1, currency: 'CNY', placedAt: new Date() },
    ...{ freightMinor: 0, payableMinor: 0, refundingMinor: 0, refundedMinor: 0 },
    ...{
      toFulfilAt: new Date(),
      receiveBy: null,
      isReceiptExtended: false,
      openAfterSales: 0,
      receivedAt: null,
      completesAt: null,
    },
  };
}

const usersInOrder = (): Promise<User[]> => database.source.manager.find(User, { order: { id: 'ASC' } });

describe('sealing anew', () => {
  it('finds every sealed column by itself', () => {
    expect(sealedPlaces(database.source).map(({ name }) => name)).toEqual(PLACES);
  });

  it('brings every value under the newest key, says how far it is, and then the old key is not needed', async () => {
    const progress: number[] = [];
    const { resealed, broken } = await resealColumn(database.source, both, openids, (done) => progress.push(done));
    expect([resealed, broken, progress]).toEqual([PEOPLE, [], [500, 501]]);
    const values = (await usersInOrder()).map(({ id, openid }) => fresh.open(USER_SEALS.openid, id, openid!));
    expect(values.toSorted()).toEqual(Array.from({ length: PEOPLE }, (_, number) => `openid-of-${number}`).toSorted());
  });

  it('does so for names too, and for nobody who has none', async () => {
    const nicknames = sealedPlaces(database.source).find(({ name }) => name === USER_SEALS.nickname)!;
    const named = Math.ceil(PEOPLE / 2);
    const { resealed, broken } = await resealColumn(database.source, both, nicknames, () => undefined);
    expect([resealed, broken]).toEqual([named, []]);
    const names = (await usersInOrder()).flatMap(({ id, nickname }) =>
      nickname ? [fresh.open(USER_SEALS.nickname, id, nickname)] : [],
    );
    expect(names.toSorted()).toEqual(Array.from({ length: named }, (_, index) => `小${index * 2}`).toSorted());
  });

  it('passes over what is done, so that a run that was cut short is simply started again', async () => {
    const users = await usersInOrder();
    const late = users.slice(0, 3);
    for (const { id } of late) {
      await database.source.manager.update(User, { id }, { openid: old.seal(USER_SEALS.openid, id, 'late') });
    }
    expect(await resealColumn(database.source, both, openids, () => undefined)).toEqual({ resealed: 3, broken: [] });
    const untouched = users.at(-1)!;
    const now = await database.source.manager.findOneByOrFail(User, { id: untouched.id });
    expect(now.openid!.bytes).toEqual(untouched.openid!.bytes);
  });

  it('reaches what is read only by name, and passes over rows that have nothing to seal', async () => {
    const db = database.source.manager;
    const deliveries = sealedPlaces(database.source).find(({ name }) => name === ORDER_SEALS.delivery)!;
    const [sealed, empty]: OrderId[] = [newId('order'), newId('order')];
    const delivery = (id: OrderId): Sealed => old.seal(ORDER_SEALS.delivery, id, '新港中路397号');
    await db.insert(Order, [anOrder(sealed!, delivery(sealed!)), anOrder(empty!, delivery(empty!))]);
    await database.source.query('UPDATE orders SET delivery = NULL WHERE id = ?', [idBytes(empty!)]);
    expect(await resealColumn(database.source, both, deliveries, () => undefined)).toEqual({ resealed: 1, broken: [] });
    const [row] = await db.find(Order, { where: { id: sealed! }, select: { id: true, delivery: true } });
    expect(fresh.open(ORDER_SEALS.delivery, sealed!, row!.delivery!)).toBe('新港中路397号');
  });

  it('does so for addresses, and passes over those that were removed', async () => {
    const db = database.source.manager;
    const contents = sealedPlaces(database.source).find(({ name }) => name === ADDRESS_SEALS.contents)!;
    const [stands, removed]: AddressId[] = [newId('address'), newId('address')];
    const [{ id: userId }] = (await usersInOrder()) as [User, ...User[]];
    const sealed = old.seal(ADDRESS_SEALS.contents, stands!, '新港中路397号');
    await db.insert(Address, [
      { id: stands!, userId, contents: sealed, isDefault: true },
      { id: removed!, userId, contents: null, isDefault: false, removedAt: new Date() },
    ]);
    expect(await resealColumn(database.source, both, contents, () => undefined)).toEqual({ resealed: 1, broken: [] });
    const row = await db.findOneByOrFail(Address, { id: stands! });
    expect(fresh.open(ADDRESS_SEALS.contents, stands!, row.contents!)).toBe('新港中路397号');
  });

  it('does so for telephone numbers, which are still found by their index', async () => {
    const db = database.source.manager;
    const phones = sealedPlaces(database.source).find(({ name }) => name === USER_SEALS.phone)!;
    const person = aUser({ phone: '13812345678' }, old);
    await db.insert(User, person);
    expect(await resealColumn(database.source, both, phones, () => undefined)).toEqual({ resealed: 1, broken: [] });
    const found = await db.findOneByOrFail(User, { phoneIndex: fresh.blindIndex(USER_SEALS.phone, '13812345678') });
    expect(fresh.open(USER_SEALS.phone, person.id, found.phone!)).toBe('13812345678');
    await db.delete(User, { id: person.id });
  });

  it('names what nobody can open, leaves it as it is, and goes on with the others', async () => {
    const [bad, good] = await usersInOrder();
    const tampered = new Sealed(Buffer.concat([Buffer.of(1), randomBytes(40)]));
    await database.source.manager.update(User, { id: bad!.id }, { openid: tampered });
    await database.source.manager.update(
      User,
      { id: good!.id },
      { openid: old.seal(USER_SEALS.openid, good!.id, 'x') },
    );
    const { resealed, broken } = await resealColumn(database.source, both, openids, () => undefined);
    expect([resealed, broken.length, broken[0]]).toEqual([1, 1, expect.stringContaining(bad!.id)]);
    const kept = await database.source.manager.findOneByOrFail(User, { id: bad!.id });
    expect(kept.openid!.bytes).toEqual(tampered.bytes);
  });
});

describe('the command', () => {
  it('is on record before it begins, with who ran it, why, and under which key', async () => {
    const [said, complaints]: string[][] = [[], []];
    const rekeying = { source: database.source, vault: both, trail, say: put(said!), complain: put(complaints!) };
    expect(await rekey(rekeying, { by: 'command:root', reason: '每年更换密钥' })).toBe(1);
    expect(complaints).toHaveLength(1); // The one of before that nobody can open.
    expect(said!.at(-1)).toBe(`${INVOICE_SEALS.email}: 0 sealed under key 2`);
    const rows = await database.source.query<{ actor: string; reason: string; after: string }[]>(
      "SELECT actor, reason, facts_after AS after FROM audit_entry WHERE kind = 'cli.dataResealed'",
    );
    expect(rows.map(({ after, ...row }) => ({ ...row, after: JSON.parse(after) as unknown }))).toEqual([
      {
        ...{ actor: 'command:root', reason: '每年更换密钥' },
        after: { key: 2, columns: PLACES },
      },
    ]);
  });

  it.each([[[]], [['--reason', ' ']], [['--reason', 'x'.repeat(256)]], [['--because', 'x']], [['now']]])(
    'must be told why: %j',
    (args) => {
      expect(() => readReason(args)).toThrow(BadOption);
      expect(readReason(['--reason', ' yearly '])).toBe('yearly');
    },
  );
});

const put =
  (lines: string[]) =>
  (line: string): void => {
    lines.push(line);
  };
