import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sealedPlaces } from '#common';
import { COLUMNS, DATA_CLASSES, type DataClass, PLAIN_BECAUSE } from '../src/data-classes.js';
import { type MigratedDatabase, migratedDatabase } from './common/migrated-database.js';

interface Column {
  readonly name: string;
  readonly data_type: string;
  readonly column_type: string;
}

let database: MigratedDatabase;
let columns: Column[];

beforeAll(async () => {
  database = await migratedDatabase();
  columns = await database.source.query<Column[]>(
    `SELECT CONCAT(table_name, '.', column_name) AS name, data_type AS data_type, column_type AS column_type
     FROM information_schema.columns WHERE table_schema = DATABASE()`,
  );
});
afterAll(async () => {
  await database.close();
});

/** `table.column` of everything that is classified, once for each time it is. */
const classified = Object.entries(COLUMNS).flatMap(([table, classes]) =>
  Object.entries(classes).flatMap(([dataClass, names]) =>
    names.map((name) => ({ name: `${table}.${name}`, dataClass: dataClass as DataClass })),
  ),
);
const namesOf = (...classes: DataClass[]): string[] =>
  classified.filter(({ dataClass }) => classes.includes(dataClass)).map(({ name }) => name);

const TEXT_TYPES = ['char', 'varchar', 'tinytext', 'text', 'mediumtext', 'longtext', 'json', 'enum', 'set'];
const HASH_TYPE = 'binary(32)';

function typeOf(name: string): Column {
  const column = columns.find((each) => each.name === name);
  if (!column) throw new Error(`there is no column ${name}`);
  return column;
}

describe('the classes of data', () => {
  it('cover every column of the database, each once, and nothing that is not there', () => {
    expect(classified.map(({ name }) => name).toSorted()).toEqual(columns.map(({ name }) => name).toSorted());
  });

  it('are four, and each says what it means', () => {
    expect(Object.keys(DATA_CLASSES)).toEqual(['public', 'internal', 'personal', 'sensitive']);
    for (const meaning of Object.values(DATA_CLASSES)) expect(meaning).toMatch(/^[A-Z].+\.$/);
  });

  it('let nothing sensitive be stored unless it is sealed or hashed', () => {
    const sealed = sealedPlaces(database.source).map(({ name }) => name as string);
    const open = namesOf('sensitive').filter(
      (name) =>
        !(sealed.includes(name) && typeOf(name).data_type === 'varbinary') && typeOf(name).column_type !== HASH_TYPE,
    );
    expect(open).toEqual([]);
  });

  it('call everything sensitive that is sealed, but for what is shown to the person', () => {
    const sealed = sealedPlaces(database.source).map(({ name }) => name as string);
    const sealedIn = (dataClass: DataClass): string[] => sealed.filter((name) => namesOf(dataClass).includes(name));
    expect(sealedIn('sensitive').toSorted()).toEqual([
      'address.contents',
      'after_sale.tracking_number',
      'after_sale_step.note',
      'invoice.email',
      'invoice.tax_number',
      'invoice.title',
      'orders.delivery',
      'parcel.tracking_number',
      'staff.password_hash',
      'staff.totp_secret',
      'user.openid',
      'user.phone',
      'user.session_key',
      'user.unionid',
    ]);
    expect(sealedIn('personal')).toEqual(['user.nickname']);
    expect([...sealedIn('sensitive'), ...sealedIn('personal')].toSorted()).toEqual(sealed.toSorted());
  });

  it('let a personal text stand in plain only for a reason, and keep no reason for what is not there', () => {
    const texts = namesOf('personal').filter((name) => TEXT_TYPES.includes(typeOf(name).data_type));
    expect(Object.keys(PLAIN_BECAUSE).toSorted()).toEqual(texts.toSorted());
  });
});
