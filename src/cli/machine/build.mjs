/** TypeScript into `dist/`, only when something has changed. */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { PREPARING_LOCK, ROOT } from './environment.mjs';
import { alone } from './lock.mjs';
import { runQuietly } from './processes.mjs';
import { during } from './say.mjs';

const SOURCE_FOLDERS = ['src', 'migrations'];
const SETTINGS = ['.swcrc', 'nest-cli.json', 'tsconfig.json'];
const STAMP = 'dist/.stamp';

/**
 * Everything that a built program needs to run.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 */
export async function ensureCode(lifetime) {
  await ensureDependencies(lifetime);
  await ensureBuild(lifetime);
}

/**
 * Builds unless the last build was made of the very same sources. The stamp is written last and the build clears `dist/` first,
 * so an interrupted build is made again.
 *
 * @param {import('./lifetime.mjs').Lifetime} lifetime
 */
export async function ensureBuild(lifetime) {
  if (await isBuilt()) return;
  await alone(lifetime, PREPARING_LOCK, async () => {
    // Whoever was waited for may have built the same.
    if (await isBuilt()) return;
    const sources = await fingerprint(ROOT);
    await during('Building', () => runQuietly(lifetime, 'npm', ['run', 'build']));
    await writeFile(join(ROOT, STAMP), sources);
  });
}

async function isBuilt() {
  const built = await readFile(join(ROOT, STAMP), 'utf8').catch(() => undefined);
  return built === (await fingerprint(ROOT));
}

/**
 * A digest of everything the build reads. Contents rather than times, because a checkout changes times at will.
 *
 * @param {string} root
 */
export async function fingerprint(root) {
  const folders = await Promise.all(SOURCE_FOLDERS.map((folder) => typeScriptIn(root, folder)));
  const files = [...SETTINGS, ...folders.flat().sort()];
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  const digest = createHash('sha256');
  files.forEach((file, index) => {
    digest.update(`${file}\0${contents[index]?.length}\0`).update(contents[index] ?? '');
  });
  return digest.digest('hex');
}

/**
 * @param {string} root
 * @param {string} folder
 */
async function typeScriptIn(root, folder) {
  const names = await readdir(join(root, folder), { recursive: true });
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
}
