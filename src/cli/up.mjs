/** `npm run up`: from a fresh clone to a running backend, and away again with Ctrl-C. */
import { join } from 'node:path';
import { ensureCode } from './machine/build.mjs';
import { credentialsIn } from './machine/credentials.mjs';
import { startDatabase } from './machine/database.mjs';
import { dataDirectory, portsToServe, readEnvFile } from './machine/environment.mjs';
import { runCommand } from './machine/lifetime.mjs';
import { holdDirectory } from './machine/lock.mjs';
import { runNamed, startServer } from './machine/processes.mjs';
import { storageAt } from './machine/storage.mjs';
import { during, say, secondsSince } from './machine/say.mjs';

/** @typedef {import('./machine/lifetime.mjs').Lifetime} Lifetime */

await runCommand(up, { interruptedExitCode: 0 });

/**
 * What does not depend on each other is done at the same time: a second start takes a few seconds.
 *
 * @param {Lifetime} lifetime
 * @returns {Promise<never>} it runs until it is told to stop, or until one of its processes dies
 */
async function up(lifetime) {
  readEnvFile();
  const directory = dataDirectory();
  await holdDirectory(lifetime, directory);
  await lifetime.takeOver(join(directory, 'processes'));
  const ports = await portsToServe({ HTTP_PORT: 3000, EMULATOR_PORT: 3001 });
  const [database, credentials] = await Promise.all([
    chooseDatabase(lifetime, directory),
    credentialsIn(lifetime, join(directory, 'wechat')),
    ensureCode(lifetime),
  ]);
  const world = worldOf(ports, database.url, credentials);
  return Promise.race([database.died, serve(lifetime, world, database.keep)]);
}

/** @typedef {ReturnType<typeof worldOf>} World what the programs are told, and where they are */

/**
 * @param {{ HTTP_PORT: number, EMULATOR_PORT: number }} ports
 * @param {string} databaseUrl
 * @param {import('./machine/credentials.mjs').Credentials} credentials
 */
function worldOf({ HTTP_PORT, EMULATOR_PORT }, databaseUrl, { server, emulator }) {
  const shopUrl = `http://127.0.0.1:${HTTP_PORT}`;
  const emulatorUrl = `http://127.0.0.1:${EMULATOR_PORT}`;
  const emulatorEnv = { ...process.env, ...emulator, EMULATOR_PORT: String(EMULATOR_PORT), PUBLIC_URL: shopUrl };
  // `up` always talks to the emulator: what the environment says of a real WeChat is overruled.
  const shopEnv = {
    ...process.env,
    ...server,
    NODE_ENV: 'development',
    HTTP_PORT: String(HTTP_PORT),
    PUBLIC_URL: shopUrl,
    DATABASE_URL: databaseUrl,
    WECHAT_API_URL: emulatorUrl,
    WECHAT_PAY_URL: emulatorUrl,
    ...storageAt(emulatorUrl, server['S3_BUCKET'] ?? ''),
  };
  return { shopUrl, emulatorUrl, shopEnv, emulatorEnv };
}

/**
 * @param {Lifetime} lifetime
 * @param {World} world
 * @param {() => Promise<void>} keepDatabase
 * @returns {Promise<never>} it rejects when one of the servers dies
 */
async function serve(lifetime, { shopUrl, emulatorUrl, shopEnv, emulatorEnv }, keepDatabase) {
  const run = (/** @type {string} */ name) =>
    runNamed(lifetime, { name, script: `dist/src/cli/${name}.js`, env: shopEnv });
  const start = (
    /** @type {string} */ name,
    /** @type {string} */ script,
    /** @type {NodeJS.ProcessEnv} */ env,
    /** @type {RegExp} */ ready,
  ) => startServer(lifetime, { name, script, env, ready });

  await during('Bringing the tables up to date', () => run('migrate'));
  // The demo's buyers pay, and what WeChat has taken it does not forget: from here on, a start that is cut short is gone on with.
  await keepDatabase();
  const [emulator] = await during('Filling the demo shop', () =>
    Promise.all([start('emulator', 'dist/src/emulator/main.js', emulatorEnv, /^emulator http/), run('seed')]),
  );
  const servers = await during('Starting the servers', () =>
    Promise.all([
      start('worker', 'dist/src/worker.js', shopEnv, /worker ready/),
      start('main', 'dist/src/main.js', shopEnv, /listening http/),
    ]),
  );

  say(
    `\nStarted in ${secondsSince(0)}. Ctrl-C stops everything. To log in as anybody, here as Ana (the demo shop’s people are named above):\n`,
  );
  say(howToLogIn(shopUrl, emulatorUrl));
  say(`\nready ${shopUrl}/graphql`);
  return Promise.race([emulator, ...servers].map(({ died }) => died));
}

/**
 * @param {Lifetime} lifetime
 * @param {string} directory
 * @returns {Promise<{ url: string, died: Promise<never>, keep: () => Promise<void> }>}
 */
async function chooseDatabase(lifetime, directory) {
  const url = process.env['DATABASE_URL'];
  if (!url) return startDatabase(lifetime, directory);
  say('The database is the one that DATABASE_URL names.');
  // Somebody else's server is not ours to watch, and what is in it not ours to discard.
  return { url, died: new Promise(() => undefined), keep: async () => undefined };
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
