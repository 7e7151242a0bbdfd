import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { credentialsIn } from '../../src/cli/machine/credentials.mjs';
import { Lifetime } from '../../src/cli/machine/lifetime.mjs';
import { lifetimeOfTest, temporaryDirectory } from './support.js';

it('makes credentials once, readable by their owner only', async () => {
  const directory = join(await temporaryDirectory(), 'wechat');
  const first = await credentialsIn(lifetimeOfTest(), directory);
  await expect(credentialsIn(lifetimeOfTest(), directory)).resolves.toEqual(first);
  for (const file of await readdir(directory)) expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600);
});

it('shapes them as WeChat does, and makes each machine its own', async () => {
  const home = await temporaryDirectory();
  const { server } = await credentialsIn(lifetimeOfTest(), join(home, 'one'));
  expect(server).toMatchObject({
    WECHAT_APP_ID: expect.stringMatching(/^wxdev[0-9a-f]{13}$/),
    WECHAT_APP_SECRET: expect.stringMatching(/^[0-9a-f]{32}$/),
    WECHAT_MCH_ID: expect.stringMatching(/^\d{10}$/),
    WECHAT_MCH_SERIAL_NO: expect.stringMatching(/^[0-9A-F]{40}$/),
    WECHAT_PAY_PUBLIC_KEY_ID: expect.stringMatching(/^PUB_KEY_ID_\d{28}$/),
    WECHAT_API_V3_KEY: expect.stringMatching(/^.{32}$/),
    TOKEN_SECRET: expect.stringMatching(/^.{32,}$/),
    DATA_KEYS: expect.stringMatching(/^1:[\w-]{43}$/),
    DATA_INDEX_KEY: expect.stringMatching(/^[\w-]{43}$/),
  });
  const { server: another } = await credentialsIn(lifetimeOfTest(), join(home, 'another'));
  expect(another.WECHAT_API_V3_KEY).not.toBe(server.WECHAT_API_V3_KEY);
});

it('gives each side its own private key and the other side its public half', async () => {
  const { server, emulator } = await credentialsIn(lifetimeOfTest(), join(await temporaryDirectory(), 'wechat'));
  const pairs = [
    [server.WECHAT_MCH_PRIVATE_KEY_FILE, emulator.EMULATOR_MCH_PUBLIC_KEY_FILE],
    [emulator.EMULATOR_PRIVATE_KEY_FILE, server.WECHAT_PAY_PUBLIC_KEY_FILE],
  ];
  for (const [privateFile, publicFile] of pairs) {
    const derived = createPublicKey(createPrivateKey(await readFile(privateFile!)));
    expect(derived.equals(createPublicKey(await readFile(publicFile!)))).toBe(true);
    expect(derived.asymmetricKeyDetails?.modulusLength).toBe(2_048);
  }
  for (const secret of ['TOKEN_SECRET', 'DATA_KEYS', 'DATA_INDEX_KEY']) expect(emulator).not.toHaveProperty(secret);
});

it('adds to a directory of an earlier version what it lacks, once, and changes nothing of what it has', async () => {
  const directory = join(await temporaryDirectory(), 'wechat');
  const { server } = await credentialsIn(lifetimeOfTest(), directory);
  const file = join(directory, 'credentials.json');
  const { DATA_KEYS, DATA_INDEX_KEY, ...older } = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
  await writeFile(file, JSON.stringify(older), { mode: 0o600 });

  const { server: completed } = await credentialsIn(lifetimeOfTest(), directory);
  expect(completed).toEqual({ ...server, DATA_KEYS: completed.DATA_KEYS, DATA_INDEX_KEY: completed.DATA_INDEX_KEY });
  expect(completed.DATA_KEYS).not.toBe(DATA_KEYS);
  expect(completed.DATA_INDEX_KEY).not.toBe(DATA_INDEX_KEY);
  await expect(credentialsIn(lifetimeOfTest(), directory)).resolves.toMatchObject({ server: completed });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('makes them anew when the first attempt was cut short', async () => {
  const directory = join(await temporaryDirectory(), 'wechat');
  await mkdir(`${directory}.new`);
  await expect(credentialsIn(lifetimeOfTest(), directory)).resolves.toBeDefined();
});

it('has nothing half made, and makes nothing more, once a command that ended meanwhile is gone', async () => {
  const home = await temporaryDirectory();
  const lifetime = new Lifetime();
  const made = credentialsIn(lifetime, join(home, 'wechat')).catch(() => undefined);
  await lifetime.end();
  const left = await readdir(home);
  expect(left).not.toContain('wechat.new');
  await made;
  await expect(readdir(home)).resolves.toEqual(left);
});
