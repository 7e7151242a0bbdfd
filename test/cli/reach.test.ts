import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import { UnfitDatabase } from '../../src/boot-checks.js';
import { reach } from '../../src/cli/migrate/reach.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
/** The address of that database, for an account that may not use it. */
let guest: URL;

beforeAll(async () => {
  database = await createDatabase();
  guest = new URL(database.url);
  guest.username = `guest_${process.pid}`;
  guest.password = 'guest';
  const admin = await mysql.createConnection(database.url);
  await admin.query(`CREATE USER '${guest.username}'@'127.0.0.1' IDENTIFIED BY 'guest'`);
  await admin.end();
});

afterAll(async () => {
  const admin = await mysql.createConnection(database.url);
  await admin.query(`DROP USER '${guest.username}'@'127.0.0.1'`);
  await admin.end();
  await database.drop();
});

async function complaintAbout(url: string): Promise<string> {
  const error: unknown = await reach(url).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(UnfitDatabase);
  return (error as UnfitDatabase).message;
}

it('connects to a database by its address, whichever of the two names the address begins with', async () => {
  for (const url of [database.url, database.url.replace(/^mysql:/, 'mariadb:')]) {
    const source = await reach(url);
    await expect(source.query('SELECT DATABASE() AS name')).resolves.toEqual([
      { name: new URL(url).pathname.slice(1) },
    ]);
    await source.destroy();
  }
});

it.each([
  ['', 'there is none'],
  ['postgres://shop:secret@127.0.0.1/shop', 'it is of another kind of database'],
  ['mysql://shop:se/cret@127.0.0.1/shop', 'its password is not written as in an address'],
  ['mysql://shop:secret@127.0.0.1:3306/', 'it names no database'],
])('does not take %p for an address, because %s, and shows no password', async (url) => {
  const complaint = await complaintAbout(url);
  expect(complaint).toMatch(
    /^DATABASE_URL is not an address of the form mysql:\/\/USER:PASSWORD@HOST:3306\/DATABASE\. /,
  );
  expect(complaint).not.toContain('cret');
});

it('says that there is no such host', async () => {
  await expect(complaintAbout('mysql://shop:secret@database.invalid/shop')).resolves.toMatch(
    /^DATABASE_URL: (There is no host of that name|The name of the host cannot be looked up at the moment): database\.invalid:3306\./,
  );
});

it('says that something else listens there, be it silent or talkative', async () => {
  const silent = (): void => undefined;
  const talkative = (socket: Socket): void => {
    socket.write('SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n');
  };
  const servers = [silent, talkative].map((greet) => createServer(greet).listen(0, '127.0.0.1'));
  await Promise.all(
    servers.map(async (server) => {
      await once(server, 'listening');
      const { port } = server.address() as { port: number };
      await expect(complaintAbout(`mysql://shop:secret@127.0.0.1:${port}/shop`)).resolves.toBe(
        `DATABASE_URL: No MariaDB or MySQL answers at 127.0.0.1:${port}. Correct HOST and port, and see that no firewall is between.`,
      );
      server.close();
    }),
  );
});

it('says that the password is wrong', async () => {
  const url = new URL(guest);
  url.password = 'guess';
  await expect(complaintAbout(url.toString())).resolves.toBe(
    `DATABASE_URL: The server does not let ${guest.username} in. Correct USER and PASSWORD.`,
  );
});

it.each([
  ['there is no such database', () => new URL('/nowhere', database.url)],
  ['the account may not use it', () => guest],
])('says who can help when %s', async (_, url) => {
  const { username, pathname } = url();
  const name = pathname.slice(1);
  await expect(complaintAbout(url().toString())).resolves.toBe(
    `DATABASE_URL: There is no database ${name}, or ${username} may not use it. Somebody who may can make it:\n` +
      `  CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;\n` +
      `  GRANT ALL ON ${name}.* TO ${username};`,
  );
});
