import { plainToInstance, Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Length,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateIf,
  validateSync,
} from 'class-validator';
import { AreFeatures, AreTemplates, IsTimeZone } from './client-settings.js';
import { IsDataKeySetting } from './data-keys.js';
import { AreNetworks } from './networks.js';

const HTTP_ADDRESS = { protocols: ['http', 'https'], require_tld: false, require_protocol: true };
const DAY_SECONDS = 86_400;
const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * Everything the processes are told from outside, read once at start. Names carry units; `.env.example` explains each.
 * A field without a default has none on purpose: it is a secret or an address that nobody can guess.
 */
export class Config {
  @IsIn(['development', 'test', 'production'])
  readonly NODE_ENV: 'development' | 'test' | 'production' = 'production';

  @IsString()
  readonly HTTP_HOST: string = '127.0.0.1';

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly HTTP_PORT: number = 3000;

  /** Where the channel can reach this server: the base of every notify address. */
  @IsUrl(HTTP_ADDRESS)
  readonly PUBLIC_URL: string = 'http://127.0.0.1:3000';

  @Matches(/^(mysql|mariadb):\/\//)
  readonly DATABASE_URL!: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly DATABASE_POOL_SIZE: number = 16;

  /** Proxies of ours, addresses or CIDR ranges separated by commas: only their word on where a request comes from is believed. */
  @AreNetworks()
  readonly TRUSTED_PROXIES: string = '';

  @MinLength(32)
  readonly TOKEN_SECRET!: string;

  /** The keys that encrypt personal data, `ID:KEY,…`; the first encrypts, all decrypt. */
  @IsDataKeySetting('DATA_KEYS')
  readonly DATA_KEYS!: string;

  /** The key of the blind indexes, by which encrypted data is found. */
  @IsDataKeySetting('DATA_INDEX_KEY')
  readonly DATA_INDEX_KEY!: string;

  @Type(() => Number)
  @IsInt()
  @Min(60)
  @Max(DAY_SECONDS)
  readonly ACCESS_TOKEN_SECONDS: number = 900;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(365)
  readonly REFRESH_TOKEN_DAYS: number = 30;

  /** The time in which the four limits below count. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(DAY_SECONDS)
  readonly LOGIN_LIMIT_SECONDS: number = 600;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly LOGIN_FAILURES_PER_ADDRESS: number = 30;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly LOGINS_PER_PERSON: number = 20;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly REFRESH_FAILURES_PER_ADDRESS: number = 30;

  /** WeChat is paid for each telephone number that it tells. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly PHONE_CODES_PER_PERSON: number = 10;

  /** How long a server that stops finishes what is in flight before it ends all connections. */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(3_600)
  readonly DRAIN_SECONDS: number = 10;

  /** How often the teams that somebody watches are looked at, in one statement for all. */
  @Type(() => Number)
  @IsInt()
  @Min(10)
  @Max(60_000)
  readonly TEAM_WATCH_MILLISECONDS: number = 1_000;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly SOCKETS_MAX: number = 10_000;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly SOCKETS_PER_ADDRESS_MAX: number = 1_000;

  /** How long a socket may take to say who it is. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(60)
  readonly SOCKET_INIT_SECONDS: number = 10;

  /** How often a socket is pinged; one that has not answered by the next ping is dead. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(300)
  readonly SOCKET_PING_SECONDS: number = 30;

  /** How long a buyer may take to pay; seats and stock are held that long. */
  @Type(() => Number)
  @IsInt()
  @Min(60)
  @Max(7_200)
  readonly PAY_WINDOW_SECONDS: number = 900;

  /** Where the shop is: in this time zone its days begin and end. What is stored is UTC. */
  @IsTimeZone()
  readonly SHOP_TIME_ZONE: string = 'Asia/Shanghai';

  /** The oldest version of the mini-program that the shop supports; none says all. The mini-program asks for it and judges itself. */
  @IsOptional()
  @Matches(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/)
  readonly CLIENT_VERSION_MIN?: string;

  /** Names of what the mini-program shows or hides, `NAME,…`. They mean nothing to the server. */
  @AreFeatures()
  readonly CLIENT_FEATURES: string = '';

  /** The subscribe messages that the shop has registered at WeChat, `NAME:ID,…`; behind an ID the keys of its fields may follow, `:thing2/time5`. */
  @AreTemplates()
  readonly SUBSCRIBE_TEMPLATES: string = '';

  /** `simulated` reads business time from the table `simulated_clock` instead of the server's clock; replay needs it. */
  @IsIn(['real', 'simulated'])
  readonly BUSINESS_CLOCK: 'real' | 'simulated' = 'real';

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  readonly JOB_CONCURRENCY: number = 16;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(3_600)
  readonly JOB_LEASE_SECONDS: number = 300;

  @Type(() => Number)
  @IsInt()
  @Min(5)
  @Max(60_000)
  readonly JOB_POLL_MILLISECONDS: number = 100;

  /** No scheduled task waits longer than this between two runs; replay shortens it, because its clock runs faster. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(DAY_SECONDS)
  readonly SCHEDULE_EVERY_SECONDS_MAX: number = DAY_SECONDS;

  /** How often everything that must hold is looked at. */
  @Type(() => Number)
  @IsInt()
  @Min(10)
  @Max(DAY_SECONDS)
  readonly INVARIANTS_EVERY_SECONDS: number = 600;

  /** How long one of them may be looked for in the database; never longer than half of JOB_LEASE_SECONDS. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(600)
  readonly INVARIANT_SECONDS_MAX: number = 30;

  /** Where the processes show their metrics to whoever watches the shop; they ask for no token, so never where the public can reach them. */
  @IsString()
  readonly METRICS_HOST: string = '127.0.0.1';

  /** The port on which the HTTP process shows them; without one it does not. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(65_535)
  readonly METRICS_PORT?: number;

  /** The same for the worker. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(65_535)
  readonly WORKER_METRICS_PORT?: number;

  @IsUrl(HTTP_ADDRESS)
  readonly WECHAT_API_URL: string = 'https://api.weixin.qq.com';

  @IsUrl(HTTP_ADDRESS)
  readonly WECHAT_PAY_URL: string = 'https://api.mch.weixin.qq.com';

  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly WECHAT_TIMEOUT_MILLISECONDS: number = 10_000;

  @IsString()
  @MinLength(1)
  readonly WECHAT_APP_ID!: string;

  @IsString()
  @MinLength(1)
  readonly WECHAT_APP_SECRET!: string;

  /** The version of the mini-program that codes and links open; all but `release` opens for its testers only. */
  @IsIn(['release', 'trial', 'develop'])
  readonly WECHAT_ENV_VERSION: 'release' | 'trial' | 'develop' = 'release';

  @IsString()
  @MinLength(1)
  readonly WECHAT_MCH_ID!: string;

  /** Serial number of the merchant's API certificate, upper-case hexadecimal. */
  @IsString()
  @MinLength(1)
  readonly WECHAT_MCH_SERIAL_NO!: string;

  /** PEM file with the merchant's RSA private key. */
  @IsString()
  @MinLength(1)
  readonly WECHAT_MCH_PRIVATE_KEY_FILE!: string;

  /** What WeChat Pay signs with: its public key, or certificates that are downloaded and change. */
  @IsIn(['public-key', 'certificate'])
  readonly WECHAT_PAY_KEY_MODE: 'public-key' | 'certificate' = 'public-key';

  /** In certificate mode the public key may be known besides, while the merchant migrates to it. */
  @ValidateIf(knowsPublicKey)
  @Matches(/^PUB_KEY_ID_/)
  readonly WECHAT_PAY_PUBLIC_KEY_ID?: string;

  /** PEM file with WeChat Pay's RSA public key. */
  @ValidateIf(knowsPublicKey)
  @IsString()
  @MinLength(1)
  readonly WECHAT_PAY_PUBLIC_KEY_FILE?: string;

  /** The API v3 key: exactly 32 characters, the AES-256 key of every notification. */
  @Length(32, 32)
  readonly WECHAT_API_V3_KEY!: string;

  /** What WeChat signs its pushes with, as it is entered in its console; without it nobody is heard at the push address. */
  @IsOptional()
  @Matches(/^[a-zA-Z0-9]{3,32}$/)
  readonly WECHAT_PUSH_TOKEN?: string;

  /** `secure` takes encrypted pushes alone; `plain` those that are not, whose signature does not cover what they say. As in WeChat's console, with JSON as the format. */
  @IsIn(['secure', 'plain'])
  readonly WECHAT_PUSH_MODE: 'secure' | 'plain' = 'secure';

  /** The EncodingAESKey of WeChat's console: what encrypts pushes in secure mode. */
  @IsOptional()
  @Matches(/^[a-zA-Z0-9]{43}$/)
  readonly WECHAT_PUSH_AES_KEY?: string;

  /** Which version of the mini-program a subscribe message opens. */
  @IsIn(['formal', 'trial', 'developer'])
  readonly SUBSCRIBE_STATE: 'formal' | 'trial' | 'developer' = 'formal';

  /** The page of the mini-program that a message opens, without a leading slash; `kind` and `id` are added as its query. None opens none. */
  @IsOptional()
  @Matches(/^[\w-]+(\/[\w-]+)*$/)
  readonly SUBSCRIBE_PAGE?: string;

  /** From when to when, in the shop's time zone, messages wait that can: `HH:MM`. The same twice is never. */
  @Matches(TIME_OF_DAY)
  readonly MESSAGE_QUIET_FROM: string = '22:00';

  @Matches(TIME_OF_DAY)
  readonly MESSAGE_QUIET_UNTIL: string = '08:00';

  /** How many messages one person is sent in 24 hours; what comes beyond is in the inbox all the same. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly MESSAGES_PER_DAY_MAX: number = 10;

  /** Where the object storage answers, to the server and to phones alike: the address of its S3 API. */
  @IsUrl(HTTP_ADDRESS)
  readonly S3_ENDPOINT!: string;

  @IsString()
  @MinLength(1)
  readonly S3_REGION!: string;

  @Matches(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
  readonly S3_BUCKET!: string;

  @IsString()
  @MinLength(1)
  readonly S3_ACCESS_KEY_ID!: string;

  @IsString()
  @MinLength(1)
  readonly S3_SECRET_ACCESS_KEY!: string;

  /** Under which the bucket's public objects are fetched: a CDN, or the bucket itself. */
  @IsUrl(HTTP_ADDRESS)
  readonly S3_PUBLIC_URL!: string;

  /** `yes` for storages that want the bucket in the path, `no` for those that want it in front of the host. */
  @IsIn(['yes', 'no'])
  readonly S3_PATH_STYLE: 'yes' | 'no' = 'no';

  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly S3_TIMEOUT_MILLISECONDS: number = 20_000;

  /** `yes` lets a production server talk to a WeChat and a storage on this machine (bench and attack do); it says so at boot. */
  @IsOptional()
  @IsIn(['yes', 'no'])
  readonly ALLOW_LOOPBACK_WECHAT: 'yes' | 'no' = 'no';
}

/** Both variables or neither, and both if the mode is theirs. */
function knowsPublicKey(config: Config): boolean {
  const { WECHAT_PAY_KEY_MODE, WECHAT_PAY_PUBLIC_KEY_ID, WECHAT_PAY_PUBLIC_KEY_FILE } = config;
  return (
    WECHAT_PAY_KEY_MODE === 'public-key' ||
    WECHAT_PAY_PUBLIC_KEY_ID !== undefined ||
    WECHAT_PAY_PUBLIC_KEY_FILE !== undefined
  );
}

const LOOPBACK_HOST = /^(127\.[\d.]+|0\.0\.0\.0|(.+\.)?localhost|\[::(1|ffff:7f.*)?\])$/;

/** Asked of the parsed address, because 127.1, LOCALHOST and somebody@127.0.0.1 are this machine too. */
export function isLoopback(address: string): boolean {
  return LOOPBACK_HOST.test(new URL(address).hostname);
}

/** What is wrong in sum although every variable is right by itself. */
function contradictions(config: Config): string[] {
  return [...inPushes(config), ...(config.NODE_ENV === 'production' ? inProduction(config) : [])];
}

function inPushes({ WECHAT_PUSH_MODE, WECHAT_PUSH_TOKEN, WECHAT_PUSH_AES_KEY }: Config): string[] {
  const isHalf = (WECHAT_PUSH_TOKEN === undefined) !== (WECHAT_PUSH_AES_KEY === undefined);
  return WECHAT_PUSH_MODE === 'secure' && isHalf
    ? ['WECHAT_PUSH_TOKEN, WECHAT_PUSH_AES_KEY: in secure mode pushes need both, or neither if there are none']
    : [];
}

function inProduction(config: Config): string[] {
  const talksToLoopback = [config.WECHAT_API_URL, config.WECHAT_PAY_URL, config.S3_ENDPOINT].some(isLoopback);
  return [
    ...(talksToLoopback && config.ALLOW_LOOPBACK_WECHAT !== 'yes'
      ? [
          'WECHAT_API_URL, WECHAT_PAY_URL, S3_ENDPOINT: a production server talks to a WeChat or a storage on this machine only with ALLOW_LOOPBACK_WECHAT=yes',
        ]
      : []),
    ...(config.BUSINESS_CLOCK === 'simulated' ? ['BUSINESS_CLOCK: simulated is not for production'] : []),
  ];
}

/**
 * The process's configuration.
 *
 * @throws Error that names every bad variable and what it should be
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const config = plainToInstance(Config, set, { exposeDefaultValues: true });
  const invalid = validateSync(config).map(({ constraints }) => Object.values(constraints ?? {}).join('; '));
  const mistakes = invalid.length > 0 ? invalid : contradictions(config);
  if (mistakes.length > 0) {
    throw new Error(`The environment is not usable:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
  }
  return config;
}
