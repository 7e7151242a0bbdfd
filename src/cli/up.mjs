/** `npm run up`: from a fresh clone to a running backend, and away again with Ctrl-C. */
import { join } from 'node:path';
import { ensureCode } from './machine/build.mjs';
import { credentialsIn } from './machine/credentials.mjs';
import { startDatabase } from './machine/database.mjs';
import { dataDirectory, portToServe, readEnvFile } from './machine/environment.mjs';
import { runCommand } from './machine/lifetime.mjs';
import { holdDirectory } from './machine/lock.mjs';
import { runNamed, startServer } from './machine/processes.mjs';
import { say, secondsSince } from './machine/say.mjs';

/** @typedef {import('./machine/lifetime.mjs').Lifetime} Lifetime */

await runCommand(up, { interruptedExitCode: 0 });

/**
 * What does not depend on each other is done at the same time: a second start takes a few seconds.
 *
 * @param {Lifetime} lifetime
 * @returns {Promise<never>} it runs until it is told to stop, or until one of its processes dies
 */
async function up(lifetime) {
  const startedAt = performance.now();
  readEnvFile();
  const directory = dataDirectory();
  await holdDirectory(lifetime, directory);
  const httpPort = await portToServe('HTTP_PORT', 3000);
  const emulatorPort = await portToServe('EMULATOR_PORT', 3001);
  const [database, credentials] = await Promise.all([
    chooseDatabase(lifetime, directory),
    credentialsIn(join(directory, 'wechat')),
    ensureCode(lifetime),
  ]);

  const shopUrl = `http://127.0.0.1:${httpPort}`;
  const emulatorUrl = `http://127.0.0.1:${emulatorPort}`;
  const emulatorEnv = { ...process.env, ...credentials.emulator, EMULATOR_PORT: String(emulatorPort) };
  // `up` always talks to the emulator: what the environment says of a real WeChat is overruled.
  const shopEnv = {
    ...process.env,
    ...credentials.server,
    NODE_ENV: 'development',
    HTTP_PORT: String(httpPort),
    PUBLIC_URL: shopUrl,
    DATABASE_URL: database.url,
    WECHAT_API_URL: emulatorUrl,
    WECHAT_PAY_URL: emulatorUrl,
  };
  const shopServer = (/** @type {string} */ name, /** @type {RegExp} */ ready) =>
    startServer(lifetime, { name, script: `dist/src/${name}.js`, env: shopEnv, ready });

  const [emulator] = await Promise.all([
    startServer(lifetime, {
      name: 'emulator',
      script: 'dist/src/emulator/main.js',
      env: emulatorEnv,
      ready: /^emulator http/,
    }),
    runNamed(lifetime, { name: 'migrate', script: 'dist/src/cli/migrate.js', env: shopEnv }).then(() =>
      runNamed(lifetime, { name: 'seed', script: 'dist/src/cli/seed.js', env: shopEnv }),
    ),
  ]);
  const servers = await Promise.all([shopServer('worker', /worker ready/), shopServer('main', /listening http/)]);

  say(`\nStarted in ${secondsSince(startedAt)}. Ctrl-C stops everything. To log in as anybody, here as Ana:\n`);
  say(howToLogIn(shopUrl, emulatorUrl));
  say(`\nready ${shopUrl}/graphql`);
  return Promise.race([database.died, ...[emulator, ...servers].map(({ died }) => died)]);
}

/**
 * @param {Lifetime} lifetime
 * @param {string} directory
 * @returns {Promise<{ url: string, died: Promise<never> }>}
 */
async function chooseDatabase(lifetime, directory) {
  const url = process.env['DATABASE_URL'];
  if (!url) return startDatabase(lifetime, directory);
  say('The database is the one that DATABASE_URL names.');
  // Somebody else's server is not ours to watch.
  return { url, died: new Promise(() => undefined) };
}

/**
 * Commands to paste into a shell: the emulator gives the code that `wx.login` would give the phone.
 *
 * @param {string} shopUrl
 * @param {string} emulatorUrl
 */
function howToLogIn(shopUrl, emulatorUrl) {
  const json = `-H 'content-type: application/json'`;
  const login = 'mutation { login(input: { code: \\"\'$code\'\\" }) { ... on Login { accessToken user { id } } } }';
  return [
    `  code=$(curl -s ${emulatorUrl}/emulator/login-codes ${json} -d '{"person":"ana"}' | cut -d '"' -f 4)`,
    `  curl -s ${shopUrl}/graphql ${json} -d '{"query":"${login}"}'`,
  ].join('\n');
}
