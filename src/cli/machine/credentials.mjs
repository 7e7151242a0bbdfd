/** What both sides of WeChat, and of the object storage, must know of each other, made up once for this machine. */
import { generateKeyPair, randomBytes, randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { storageAt } from './storage.mjs';

const VALUES_FILE = 'credentials.json';

/** @typedef {{ server: Record<string, string>, emulator: Record<string, string> }} Credentials environment variables of either side */

/**
 * The credentials kept in a directory, made when there are none. Each side gets its own private key and the other's public
 * key, as in the real world.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @param {string} directory
 * @returns {Promise<Credentials>}
 */
export async function credentialsIn(lifetime, directory) {
  if (!existsSync(directory)) await makeCredentials(lifetime, directory);
  const { TOKEN_SECRET, DATA_KEYS, DATA_INDEX_KEY, ...shared } = await readValues(directory);
  return {
    server: {
      ...shared,
      ...storageAt('http://127.0.0.1:3001', shared.S3_BUCKET),
      TOKEN_SECRET,
      DATA_KEYS,
      DATA_INDEX_KEY,
      WECHAT_MCH_PRIVATE_KEY_FILE: join(directory, 'merchant-private.pem'),
      WECHAT_PAY_PUBLIC_KEY_FILE: join(directory, 'wechat-pay-public.pem'),
    },
    emulator: {
      ...shared,
      EMULATOR_MCH_PUBLIC_KEY_FILE: join(directory, 'merchant-public.pem'),
      EMULATOR_PRIVATE_KEY_FILE: join(directory, 'wechat-pay-private.pem'),
      EMULATOR_JOURNAL: join(directory, 'journal.jsonl'),
      EMULATOR_OBJECTS: join(directory, 'objects'),
    },
  };
}

/**
 * The values of a directory. What one made by an earlier version lacks is made up and kept; what it has stays as it is.
 *
 * @param {string} directory
 * @returns {Promise<ReturnType<typeof makeValues>>}
 */
async function readValues(directory) {
  const file = join(directory, VALUES_FILE);
  const kept = JSON.parse(await readFile(file, 'utf8'));
  const values = { ...makeValues(), ...kept };
  if (Object.keys(values).length > Object.keys(kept).length) {
    await writeSecret(`${file}.new`, JSON.stringify(values, null, 2));
    await rename(`${file}.new`, file);
  }
  return values;
}

/**
 * Made aside and renamed when complete, so that half-made credentials are never found. A command that ends meanwhile waits: what is still
 * being written cannot be removed for good.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 * @param {string} directory
 */
async function makeCredentials(lifetime, directory) {
  const unfinished = `${directory}.new`;
  const discard = () => rm(unfinished, { recursive: true, force: true });
  const making = discard()
    .then(() => writeCredentials(unfinished))
    .then(() => rename(unfinished, directory));
  lifetime.onEnd(() => making.catch(discard));
  await making;
}

/** @param {string} directory */
async function writeCredentials(directory) {
  await mkdir(dirname(directory), { recursive: true });
  await mkdir(directory, { mode: 0o700 });
  await Promise.all([
    writeSecret(join(directory, VALUES_FILE), JSON.stringify(makeValues(), null, 2)),
    makeKeyPair(join(directory, 'merchant')),
    makeKeyPair(join(directory, 'wechat-pay')),
  ]);
}

/** Made up, but shaped as WeChat's are, so that whatever checks the shape is satisfied. */
function makeValues() {
  return {
    TOKEN_SECRET: randomBytes(32).toString('base64url'),
    DATA_KEYS: `1:${randomBytes(32).toString('base64url')}`,
    DATA_INDEX_KEY: randomBytes(32).toString('base64url'),
    WECHAT_APP_ID: `wxdev${hex(7).slice(1)}`,
    WECHAT_APP_SECRET: hex(16),
    WECHAT_MCH_ID: `1900${randomInt(100_000, 1_000_000)}`,
    WECHAT_MCH_SERIAL_NO: hex(20).toUpperCase(),
    WECHAT_PAY_PUBLIC_KEY_ID: `PUB_KEY_ID_${Array.from({ length: 28 }, () => randomInt(10)).join('')}`,
    WECHAT_API_V3_KEY: hex(16),
    WECHAT_PUSH_TOKEN: hex(16),
    // 43 letters and digits, as WeChat's console wants them.
    WECHAT_PUSH_AES_KEY: hex(22).slice(1),
    S3_BUCKET: 'haotuan',
    S3_REGION: 'dev',
    S3_ACCESS_KEY_ID: hex(10).toUpperCase(),
    S3_SECRET_ACCESS_KEY: randomBytes(30).toString('base64'),
  };
}

/** @param {string} name path without ending */
async function makeKeyPair(name) {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2_048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await writeSecret(`${name}-private.pem`, privateKey);
  await writeSecret(`${name}-public.pem`, publicKey);
}

/**
 * @param {string} file
 * @param {string} content
 */
async function writeSecret(file, content) {
  await writeFile(file, content, { mode: 0o600 });
}

/** @param {number} bytes */
function hex(bytes) {
  return randomBytes(bytes).toString('hex');
}
