import { describe, expect, it } from '@jest/globals';
import { type Config, readConfig } from '#common';

/** The least that a process must be told. */
const NEEDED = {
  DATABASE_URL: 'mysql://shop@127.0.0.1/shop',
  TOKEN_SECRET: 't'.repeat(32),
  DATA_KEYS: `2:${'B'.repeat(43)},1:${'A'.repeat(43)}`,
  DATA_INDEX_KEY: 'I'.repeat(43),
  WECHAT_APP_ID: 'wx0123456789abcdef',
  WECHAT_APP_SECRET: 'secret',
  WECHAT_MCH_ID: '1900000001',
  WECHAT_MCH_SERIAL_NO: '5157F09EFDC096DE15EBE81A47057A72',
  WECHAT_MCH_PRIVATE_KEY_FILE: 'merchant.pem',
  WECHAT_PAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_0123',
  WECHAT_PAY_PUBLIC_KEY_FILE: 'wechat.pem',
  WECHAT_API_V3_KEY: 'v'.repeat(32),
  S3_ENDPOINT: 'https://s3.example.com',
  S3_REGION: 'cn-test-1',
  S3_BUCKET: 'pictures',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'secret',
  S3_PUBLIC_URL: 'https://cdn.example.com',
};

/** One wrong value for each variable that can be wrong; a text of any length is a host. */
const WRONG: Record<Exclude<keyof Config, 'HTTP_HOST' | 'METRICS_HOST' | keyof typeof NEEDED>, string> = {
  NODE_ENV: 'staging',
  HTTP_PORT: '65536',
  PUBLIC_URL: 'shop.example',
  DATABASE_POOL_SIZE: '0',
  ACCESS_TOKEN_SECONDS: '15m',
  REFRESH_TOKEN_DAYS: '1.5',
  TRUSTED_PROXIES: 'everybody',
  LOGIN_LIMIT_SECONDS: '0',
  LOGIN_FAILURES_PER_ADDRESS: '0',
  LOGINS_PER_PERSON: 'many',
  REFRESH_FAILURES_PER_ADDRESS: '-1',
  PHONE_CODES_PER_PERSON: '0',
  DRAIN_SECONDS: '-1',
  TEAM_WATCH_MILLISECONDS: '9',
  SOCKETS_MAX: '0',
  SOCKETS_PER_ADDRESS_MAX: '0',
  SOCKET_INIT_SECONDS: '0',
  SOCKET_PING_SECONDS: '0.5',
  PAY_WINDOW_SECONDS: '59',
  SHOP_TIME_ZONE: 'Beijing',
  CLIENT_VERSION_MIN: '1.2',
  CLIENT_FEATURES: 'live,',
  SUBSCRIBE_TEMPLATES: 'teamFormed',
  WECHAT_PUSH_TOKEN: 'a-b',
  WECHAT_PUSH_MODE: 'compatible',
  WECHAT_PUSH_AES_KEY: 'k'.repeat(42),
  SUBSCRIBE_STATE: 'release',
  SUBSCRIBE_PAGE: '/pages/index',
  MESSAGE_QUIET_FROM: '24:00',
  MESSAGE_QUIET_UNTIL: '8:00',
  MESSAGES_PER_DAY_MAX: '0',
  BUSINESS_CLOCK: 'sundial',
  JOB_CONCURRENCY: '-1',
  JOB_LEASE_SECONDS: 'NaN',
  JOB_POLL_MILLISECONDS: '1',
  SCHEDULE_EVERY_SECONDS_MAX: '0',
  INVARIANTS_EVERY_SECONDS: '9',
  INVARIANT_SECONDS_MAX: '0',
  METRICS_PORT: '0',
  WORKER_METRICS_PORT: '65536',
  WECHAT_API_URL: 'ftp://api.weixin.qq.com',
  WECHAT_PAY_URL: 'api.mch.weixin.qq.com',
  WECHAT_TIMEOUT_MILLISECONDS: '99',
  WECHAT_ENV_VERSION: 'beta',
  WECHAT_PAY_KEY_MODE: 'both',
  S3_PATH_STYLE: 'true',
  S3_TIMEOUT_MILLISECONDS: '60001',
  ALLOW_LOOPBACK_WECHAT: 'true',
};
const WRONG_SECRETS: Record<keyof typeof NEEDED, string> = {
  DATABASE_URL: 'postgres://shop@127.0.0.1/shop',
  TOKEN_SECRET: 'short',
  DATA_KEYS: 'short',
  DATA_INDEX_KEY: 'short',
  WECHAT_APP_ID: '',
  WECHAT_APP_SECRET: '',
  WECHAT_MCH_ID: '',
  WECHAT_MCH_SERIAL_NO: '',
  WECHAT_MCH_PRIVATE_KEY_FILE: '',
  WECHAT_PAY_PUBLIC_KEY_ID: 'PUBKEY',
  WECHAT_PAY_PUBLIC_KEY_FILE: '',
  WECHAT_API_V3_KEY: 'v'.repeat(31),
  S3_ENDPOINT: 's3.example.com',
  S3_REGION: '',
  S3_BUCKET: 'Pictures',
  S3_ACCESS_KEY_ID: '',
  S3_SECRET_ACCESS_KEY: '',
  S3_PUBLIC_URL: 'cdn',
};

/** The variables that a refusal to start names, one a line. */
function named(environment: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    const [, ...lines] = String(error).split('\n');
    return lines.map((line) => /^ {2}- (\w+)/.exec(line)?.[1] ?? line);
  }
}

describe('the environment', () => {
  it('needs no more than what nobody can guess', () => {
    const config = readConfig(NEEDED);
    expect(config).toMatchObject({ ...NEEDED, NODE_ENV: 'production', HTTP_PORT: 3_000, PAY_WINDOW_SECONDS: 900 });
  });

  it('is read as numbers where numbers are meant, and what is empty counts as not set', () => {
    const config = readConfig({ ...NEEDED, HTTP_PORT: '8080', DATABASE_POOL_SIZE: '' });
    expect([config.HTTP_PORT, config.DATABASE_POOL_SIZE]).toEqual([8_080, 16]);
  });

  it.each(Object.entries({ ...WRONG, ...WRONG_SECRETS }))(
    'with a wrong %s stops the process, and is named',
    (name, value) => {
      expect(named({ ...NEEDED, [name]: value })).toEqual([name]);
    },
  );

  // prettier-ignore
  it.each<[name: keyof Config, value: string]>([
    ['SHOP_TIME_ZONE',      'Asia/Shanghai'],
    ['SHOP_TIME_ZONE',      'Europe/Zurich'],
    ['SHOP_TIME_ZONE',      'UTC'],
    ['CLIENT_VERSION_MIN',  '0.0.1'],
    ['CLIENT_FEATURES',     'live'],
    ['CLIENT_FEATURES',     'live,posts,pick_up2'],
    ['SUBSCRIBE_TEMPLATES', 'teamFormed:pQ3-x_9'],
    ['SUBSCRIBE_TEMPLATES', 'teamFormed:pQ3-x_9,shipped:aB0'],
    ['SUBSCRIBE_TEMPLATES', 'teamFormed:pQ3-x_9:thing2/character_string5,shipped:aB0'],
    ['SUBSCRIBE_PAGE',      'pages/message/index'],
    ['WECHAT_PUSH_MODE',    'plain'],
  ])('may say %s=%s', (name, value) => {
    expect(readConfig({ ...NEEDED, [name]: value })).toMatchObject({ [name]: value });
  });

  // prettier-ignore
  it.each<[name: keyof Config, value: string]>([
    ['SHOP_TIME_ZONE',      '+08:00'],
    ['SHOP_TIME_ZONE',      'Asia/Shang hai'],
    ['CLIENT_VERSION_MIN',  '1.2.3-rc1'],
    ['CLIENT_VERSION_MIN',  'v1.2.3'],
    ['CLIENT_FEATURES',     'live posts'],
    ['CLIENT_FEATURES',     'live,live'],
    ['CLIENT_FEATURES',     ',live'],
    ['SUBSCRIBE_TEMPLATES', 'teamFormed:'],
    ['SUBSCRIBE_TEMPLATES', ':pQ3'],
    ['SUBSCRIBE_TEMPLATES', 'teamFormed:a,teamFormed:b'],
    ['SUBSCRIBE_TEMPLATES', 'teamFormed:a:b'],
    ['SUBSCRIBE_TEMPLATES', 'teamFormed:a:thing1/'],
    ['SUBSCRIBE_PAGE',      'pages/index?a=b'],
  ])('may not say %s=%s', (name, value) => {
    expect(named({ ...NEEDED, [name]: value })).toEqual([name]);
  });

  it('with many mistakes names them all at once', () => {
    const wrong = { ...WRONG, ...WRONG_SECRETS };
    expect(named(wrong).toSorted()).toEqual(Object.keys(wrong).toSorted());
  });

  it('without its secrets names each that is missing', () => {
    expect(named({}).toSorted()).toEqual(Object.keys(NEEDED).toSorted());
  });

  it('needs both what signs pushes and what encrypts them in secure mode, and no more than the first in plain mode', () => {
    const WECHAT_PUSH_AES_KEY = 'k'.repeat(43);
    expect(named({ ...NEEDED, WECHAT_PUSH_TOKEN: 'abc' })).toEqual(['WECHAT_PUSH_TOKEN']);
    expect(named({ ...NEEDED, WECHAT_PUSH_AES_KEY })).toEqual(['WECHAT_PUSH_TOKEN']);
    expect(named({ ...NEEDED, WECHAT_PUSH_TOKEN: 'abc', WECHAT_PUSH_AES_KEY })).toEqual([]);
    expect(named({ ...NEEDED, WECHAT_PUSH_TOKEN: 'abc', WECHAT_PUSH_MODE: 'plain' })).toEqual([]);
  });

  it('needs no public key of WeChat Pay in certificate mode, and takes no half of one', () => {
    const { WECHAT_PAY_PUBLIC_KEY_ID, WECHAT_PAY_PUBLIC_KEY_FILE, ...rest } = NEEDED;
    const certificates = { ...rest, WECHAT_PAY_KEY_MODE: 'certificate' };
    expect(readConfig(certificates)).toMatchObject({ WECHAT_PAY_KEY_MODE: 'certificate' });
    expect(named({ ...certificates, WECHAT_PAY_PUBLIC_KEY_ID })).toEqual(['WECHAT_PAY_PUBLIC_KEY_FILE']);
    expect(named({ ...certificates, WECHAT_PAY_PUBLIC_KEY_FILE })).toEqual(['WECHAT_PAY_PUBLIC_KEY_ID']);
    expect(named({ ...certificates, WECHAT_PAY_PUBLIC_KEY_ID, WECHAT_PAY_PUBLIC_KEY_FILE })).toEqual([]);
    expect(named(rest).toSorted()).toEqual(['WECHAT_PAY_PUBLIC_KEY_FILE', 'WECHAT_PAY_PUBLIC_KEY_ID']);
  });

  it('never repeats a secret in the refusal', () => {
    expect(() => readConfig({ ...NEEDED, TOKEN_SECRET: 'hunter2' })).toThrow(/^((?!hunter2).)*$/s);
  });
});

describe('production', () => {
  // prettier-ignore
  it.each([
    'http://127.0.0.1:3001', 'http://127.1', 'http://127.8.8.8', 'http://localhost:3001', 'http://LOCALHOST',
    'http://pay.localhost', 'http://[::1]:3001', 'http://[::ffff:127.0.0.1]', 'http://0.0.0.0:3001', 'http://me@127.0.0.1',
  ])('does not talk to a WeChat at %s unless it is told to', (address) => {
    for (const variable of ['WECHAT_API_URL', 'WECHAT_PAY_URL', 'S3_ENDPOINT']) {
      expect(() => readConfig({ ...NEEDED, [variable]: address })).toThrow(variable);
      expect(() => readConfig({ ...NEEDED, [variable]: address, ALLOW_LOOPBACK_WECHAT: 'no' })).toThrow(variable);
    }
  });

  it('talks to a WeChat on this machine with the explicit flag', () => {
    const config = readConfig({ ...NEEDED, WECHAT_PAY_URL: 'http://127.0.0.1:3001', ALLOW_LOOPBACK_WECHAT: 'yes' });
    expect(config.WECHAT_PAY_URL).toBe('http://127.0.0.1:3001');
  });

  it('talks to a host whose name only looks like this machine', () => {
    expect(readConfig({ ...NEEDED, WECHAT_PAY_URL: 'https://localhost.example.com' }).NODE_ENV).toBe('production');
  });

  it('knows no simulated clock, whatever else is allowed', () => {
    expect(named({ ...NEEDED, BUSINESS_CLOCK: 'simulated', ALLOW_LOOPBACK_WECHAT: 'yes' })).toEqual(['BUSINESS_CLOCK']);
  });

  it.each(['development', 'test'])('is what these rules are for; %s may do both', (environment) => {
    const config = readConfig({
      ...NEEDED,
      NODE_ENV: environment,
      BUSINESS_CLOCK: 'simulated',
      WECHAT_API_URL: 'http://127.0.0.1:3001',
    });
    expect(config.BUSINESS_CLOCK).toBe('simulated');
  });
});
