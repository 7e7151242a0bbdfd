import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource, EntityManager } from 'typeorm';
import { refuse, Transactor } from '#common';
import { SoldOut } from '#catalog';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { meeting } from './gate.js';
import { connect } from './migrated-database.js';

let database: TestDatabase;
let source: DataSource;
let transactor: Transactor;

beforeAll(async () => {
  database = await createDatabase();
  source = await connect(database.url);
  transactor = new Transactor(source);
  await source.query('CREATE TABLE jar (name CHAR(1) PRIMARY KEY, beans INT NOT NULL)');
  await source.query('CREATE TABLE note (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(32) NOT NULL)');
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});
beforeEach(async () => {
  await source.query('DELETE FROM note');
  await source.query("REPLACE INTO jar VALUES ('a', 0), ('b', 0)");
});

const fill = (db: EntityManager, jar: string): Promise<unknown> =>
  db.query('UPDATE jar SET beans = beans + 1 WHERE name = ?', [jar]);
const write = (db: EntityManager, text: string): Promise<unknown> =>
  db.query('INSERT INTO note (text) VALUES (?)', [text]);
const notes = async (): Promise<string[]> =>
  (await source.query<{ text: string }[]>('SELECT text FROM note')).map(({ text }) => text);
const beans = async (): Promise<number[]> =>
  (await source.query<{ beans: number }[]>('SELECT beans FROM jar ORDER BY name')).map((jar) => jar.beans);

describe('a transaction', () => {
  it('gives back what its work gave, once that is committed', async () => {
    const answer = await transactor.run(async (db) => {
      await write(db, 'kept');
      return 'done';
    });
    expect(answer).toBe('done');
    expect(await notes()).toEqual(['kept']);
  });

  it('whose work throws leaves nothing behind, and is not tried again', async () => {
    let tries = 0;
    const attempt = transactor.run(async (db) => {
      tries += 1;
      await write(db, 'half a decision');
      throw new Error('changed my mind');
    });
    await expect(attempt).rejects.toThrow('changed my mind');
    expect(tries).toBe(1);
    expect(await notes()).toEqual([]);
  });

  it('that is refused leaves nothing behind either', async () => {
    const attempt = transactor.run(async (db) => {
      await write(db, 'half a decision');
      refuse(new SoldOut('sku_01k3qz5w3ve8grm6bz9s1x2y3h'));
    });
    await expect(attempt).rejects.toThrow('SoldOut');
    expect(await notes()).toEqual([]);
  });

  it('that waits in a circle with another is run again, and both succeed', async () => {
    const bothHoldOne = meeting(2);
    let tries = 0;
    const fillBoth = (first: string, second: string): Promise<void> =>
      transactor.run(async (db) => {
        tries += 1;
        await fill(db, first);
        await bothHoldOne();
        await fill(db, second);
        await write(db, `${first}${second}`);
      });

    await Promise.all([fillBoth('a', 'b'), fillBoth('b', 'a')]);

    expect(await beans()).toEqual([2, 2]);
    expect((await notes()).toSorted()).toEqual(['ab', 'ba']);
    expect(tries).toBe(3);
  });

  it('that waited too long for a lock starts over from nothing, not from its last statement', async () => {
    const holder = source.createQueryRunner();
    await holder.startTransaction();
    await fill(holder.manager, 'a');
    let tries = 0;

    await transactor.run(async (db) => {
      tries += 1;
      await write(db, `try ${tries}`);
      if (tries === 2) await holder.commitTransaction();
      await db.query('SET SESSION innodb_lock_wait_timeout = 1');
      await fill(db, 'a');
    });
    await holder.release();

    expect(tries).toBe(2);
    expect(await beans()).toEqual([2, 0]);
    expect(await notes()).toEqual(['try 2']);
  });

  it('that never gets its lock gives up after five tries and leaves nothing behind', async () => {
    let tries = 0;
    const attempt = transactor.run(async (db) => {
      tries += 1;
      await write(db, 'half a decision');
      await db.query("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'deadlock'");
    });
    await expect(attempt).rejects.toThrow('deadlock');
    expect(tries).toBe(5);
    expect(await notes()).toEqual([]);
  });

  it('whose connection is killed before COMMIT runs again on another', async () => {
    const connections: number[] = [];
    await transactor.run(async (db) => {
      const [own] = await db.query<[{ id: number }]>('SELECT CONNECTION_ID() AS id');
      connections.push(own.id);
      await write(db, `try ${connections.length}`);
      if (connections.length === 1) await source.query(`KILL ${own.id}`);
      await fill(db, 'a');
    });
    expect(new Set(connections).size).toBe(2);
    expect(await notes()).toEqual(['try 2']);
    expect(await beans()).toEqual([1, 0]);
  });

  it('that lost its connection takes none from the pool for good', async () => {
    const small = await connect(database.url, 2);
    const onSmall = new Transactor(small);
    for (let round = 0; round < 6; round += 1) {
      let isFirst = true;
      await onSmall.run(async (db) => {
        const [own] = await db.query<[{ id: number }]>('SELECT CONNECTION_ID() AS id');
        if (isFirst) await source.query(`KILL ${own.id}`);
        isFirst = false;
        await write(db, 'again');
      });
    }
    await small.destroy();
    expect(await notes()).toHaveLength(6);
  });
});
