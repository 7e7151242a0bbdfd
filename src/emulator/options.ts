import { readFile } from 'node:fs/promises';

export const PAY_KEY_MODES = ['public-key', 'certificate', 'both'] as const;
export type PayKeyMode = (typeof PAY_KEY_MODES)[number];

/** A bucket, and the only key that opens it. */
export interface StorageOptions {
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Where the shop hears of events of the mini-program, and by what it knows that they are WeChat's. */
export interface PushOptions {
  readonly url: string;
  readonly token: string;
  /** 43 letters and digits. */
  readonly encodingAesKey: string;
  readonly mode: 'secure' | 'plain';
}

/** What an emulator is started with. The shop's credentials are the same values that our side is configured with. */
export interface EmulatorOptions {
  readonly appId: string;
  readonly appSecret: string;
  readonly mchId: string;
  /** Serial number of the merchant's API certificate, as it stands in the Authorization header. */
  readonly mchSerialNo: string;
  /** PEM of the merchant's RSA public key: verifies what our side signs. */
  readonly mchPublicKey: string;
  /** `PUB_KEY_ID_...`, the name under which our side knows the public half of `privateKey`. */
  readonly payPublicKeyId: string;
  /** PEM of the RSA private key that signs as WeChat Pay. */
  readonly privateKey: string;
  /** Exactly 32 characters: the AES-256 key of every notification. */
  readonly apiV3Key: string;
  /** The object storage beside it, with one bucket. */
  readonly storage: StorageOptions;
  /** Without it the shop hears of nothing but payments. */
  readonly push?: PushOptions | null;
  /** The ids of the shop's subscribe messages. */
  readonly templateIds?: readonly string[];
  /** What WeChat Pay signs with; `both` is a merchant who migrates from certificates to the public key. */
  readonly payKeyMode?: PayKeyMode;
  /** 0 takes any free port. */
  readonly port?: number;
  /** Where the books are kept on disk; empty keeps them in memory only. */
  readonly journalFile?: string;
  /** Where objects are kept on disk; empty keeps them in memory only. */
  readonly objectsDirectory?: string;
  /** Factor on every pause of the notification plan: 0.01 retries a hundred times faster than WeChat does. */
  readonly retryScale?: number;
  /** How long a refund stays PROCESSING; 0 lets it succeed right after the reply. */
  readonly refundSeconds?: number;
  /** Least time between two refunds of one payment. */
  readonly refundGapSeconds?: number;
  /** How many refunds may be asked for in one second, asking again included. */
  readonly refundsPerSecond?: number;
  /** How many bills of each kind may be asked for in one second. */
  readonly billsPerSecond?: number;
  /** What the channel takes of each trade, in hundredths of a percent. */
  readonly feeBps?: number;
  /** Of all requests and deliveries, how many go wrong: 0 none, 1 all. Which, and how, follows from `faultSeed`. */
  readonly faultRate?: number;
  readonly faultSeed?: number;
}

export type Settings = Required<EmulatorOptions>;

/** The options with WeChat's own habits wherever nothing else was asked for. */
export function withDefaults(options: EmulatorOptions): Settings {
  return {
    push: null,
    templateIds: [],
    payKeyMode: 'public-key',
    port: 0,
    journalFile: '',
    objectsDirectory: '',
    retryScale: 1,
    refundSeconds: 0,
    refundGapSeconds: 60,
    refundsPerSecond: 150,
    billsPerSecond: 3,
    feeBps: 60,
    faultRate: 0,
    faultSeed: 0,
    ...options,
  };
}

const REQUIRED = [
  'WECHAT_APP_ID',
  'WECHAT_APP_SECRET',
  'WECHAT_MCH_ID',
  'WECHAT_MCH_SERIAL_NO',
  'WECHAT_PAY_PUBLIC_KEY_ID',
  'WECHAT_API_V3_KEY',
  'S3_BUCKET',
  'S3_REGION',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'EMULATOR_MCH_PUBLIC_KEY_FILE',
  'EMULATOR_PRIVATE_KEY_FILE',
] as const;

const NUMBERS = {
  EMULATOR_PORT: 0,
  EMULATOR_RETRY_SCALE: 1,
  EMULATOR_REFUND_SECONDS: 0,
  EMULATOR_REFUND_GAP_SECONDS: 60,
  EMULATOR_REFUNDS_PER_SECOND: 150,
  EMULATOR_BILLS_PER_SECOND: 3,
  EMULATOR_FEE_BPS: 60,
  EMULATOR_FAULT_RATE: 0,
  EMULATOR_FAULT_SEED: 0,
} as const;

/**
 * The options as the process finds them in its environment; key files are read here.
 *
 * @throws Error that names every variable that is missing or wrong, not only the first
 */
export async function readOptions(environment: NodeJS.ProcessEnv): Promise<EmulatorOptions> {
  const text = (name: string): string => environment[name] ?? '';
  const number = (name: keyof typeof NUMBERS): number => (text(name) === '' ? NUMBERS[name] : Number(text(name)));

  const payKeyMode = PAY_KEY_MODES.find((mode) => mode === (text('EMULATOR_PAY_KEY_MODE') || 'public-key'));
  const names = Object.keys(NUMBERS) as (keyof typeof NUMBERS)[];
  const mistakes = [
    ...REQUIRED.filter((name) => text(name) === '').map((name) => `${name} is missing`),
    ...names.filter((name) => !(number(name) >= 0)).map((name) => `${name} must be a number, 0 or more`),
    ...(number('EMULATOR_FAULT_RATE') > 1 ? ['EMULATOR_FAULT_RATE must be from 0 to 1'] : []),
    ...(payKeyMode ? [] : [`EMULATOR_PAY_KEY_MODE must be one of ${PAY_KEY_MODES.join(', ')}`]),
    ...([0, 32].includes(text('WECHAT_API_V3_KEY').length)
      ? []
      : ['WECHAT_API_V3_KEY must have exactly 32 characters']),
  ];
  if (mistakes.length > 0) throw new Error(`The emulator cannot start:\n  - ${mistakes.join('\n  - ')}`);

  return {
    appId: text('WECHAT_APP_ID'),
    appSecret: text('WECHAT_APP_SECRET'),
    mchId: text('WECHAT_MCH_ID'),
    mchSerialNo: text('WECHAT_MCH_SERIAL_NO'),
    mchPublicKey: await readFile(text('EMULATOR_MCH_PUBLIC_KEY_FILE'), 'utf8'),
    payPublicKeyId: text('WECHAT_PAY_PUBLIC_KEY_ID'),
    privateKey: await readFile(text('EMULATOR_PRIVATE_KEY_FILE'), 'utf8'),
    apiV3Key: text('WECHAT_API_V3_KEY'),
    storage: {
      bucket: text('S3_BUCKET'),
      region: text('S3_REGION'),
      accessKeyId: text('S3_ACCESS_KEY_ID'),
      secretAccessKey: text('S3_SECRET_ACCESS_KEY'),
    },
    ...(text('WECHAT_PUSH_TOKEN') !== '' && { push: pushOptions(text) }),
    templateIds: templateIds(text('SUBSCRIBE_TEMPLATES')),
    ...(payKeyMode && { payKeyMode }),
    port: number('EMULATOR_PORT'),
    journalFile: text('EMULATOR_JOURNAL'),
    objectsDirectory: text('EMULATOR_OBJECTS'),
    retryScale: number('EMULATOR_RETRY_SCALE'),
    refundSeconds: number('EMULATOR_REFUND_SECONDS'),
    refundGapSeconds: number('EMULATOR_REFUND_GAP_SECONDS'),
    refundsPerSecond: number('EMULATOR_REFUNDS_PER_SECOND'),
    billsPerSecond: number('EMULATOR_BILLS_PER_SECOND'),
    feeBps: number('EMULATOR_FEE_BPS'),
    faultRate: number('EMULATOR_FAULT_RATE'),
    faultSeed: number('EMULATOR_FAULT_SEED'),
  };
}

function pushOptions(text: (name: string) => string): PushOptions {
  return {
    url: `${text('PUBLIC_URL') || 'http://127.0.0.1:3000'}/wechat/push`,
    token: text('WECHAT_PUSH_TOKEN'),
    encodingAesKey: text('WECHAT_PUSH_AES_KEY'),
    mode: text('WECHAT_PUSH_MODE') === 'plain' ? 'plain' : 'secure',
  };
}

/** The second part of each `NAME:ID…`. */
function templateIds(templates: string): string[] {
  return templates.split(',').flatMap((template) => template.split(':')[1] ?? []);
}
