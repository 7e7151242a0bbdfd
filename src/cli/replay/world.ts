import { once } from 'node:events';
import { createServer } from 'node:net';
import { Child, type ChildOptions } from './child.js';

/** What every process of a replay is told on top of the environment. */
const SIMULATED = {
  NODE_ENV: 'test',
  BUSINESS_CLOCK: 'simulated',
  // A second of the replay is hours of the shop, so what the clock does must come often.
  SCHEDULE_EVERY_SECONDS_MAX: '1',
  JOB_POLL_MILLISECONDS: '20',
} as const;

/** The processes of a shop and of WeChat, each as `npm run up` starts it, and stopped together. */
export class World {
  readonly #children: Child[] = [];
  #port = 0;
  #wechatUrl = '';

  constructor(
    private readonly environment: NodeJS.ProcessEnv,
    private readonly log: ChildOptions['log'],
  ) {}

  /** Starts WeChat; the shop opens once it has something to sell. */
  async startWechat(): Promise<void> {
    this.#port = await freePort();
    // Nobody restarts this WeChat, so its books and objects need not be on disk; and its days pass faster than three bills a second.
    const env = {
      ...this.environment,
      EMULATOR_PORT: '0',
      EMULATOR_BILLS_PER_SECOND: '1000',
      EMULATOR_JOURNAL: '',
      EMULATOR_OBJECTS: '',
    };
    this.#wechatUrl = await this.#start({ script: 'emulator/main.js', env, ready: /^emulator (http\S+)/ });
  }

  get wechatUrl(): string {
    return this.#wechatUrl;
  }

  get shopUrl(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** What the shop's processes, and ours beside them, find in their environment. */
  get shopEnvironment(): NodeJS.ProcessEnv {
    return {
      ...this.environment,
      ...SIMULATED,
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(this.#port),
      PUBLIC_URL: this.shopUrl,
      WECHAT_API_URL: this.wechatUrl,
      WECHAT_PAY_URL: this.wechatUrl,
      ...this.#storage,
    };
  }

  /** The emulator is the object storage as well; as `cli/machine/storage.mjs` says for commands that are not built. */
  get #storage(): NodeJS.ProcessEnv {
    const endpoint = `${this.#wechatUrl}/storage`;
    const bucket = this.environment['S3_BUCKET'] ?? '';
    return { S3_ENDPOINT: endpoint, S3_PUBLIC_URL: `${endpoint}/${bucket}`, S3_PATH_STYLE: 'yes' };
  }

  async openShop(): Promise<void> {
    const env = this.shopEnvironment;
    await Promise.all([
      this.#start({ script: 'main.js', env, ready: /^listening (http\S+)/ }),
      this.#start({ script: 'worker.js', env, ready: /^worker ready/ }),
    ]);
  }

  /** Does some work, and fails at once if a process dies under it. */
  during<Result>(work: Promise<Result>): Promise<Result> {
    return Promise.race([work, ...this.#children.map(({ died }) => died)]);
  }

  /** The last one started goes first, so that nobody talks to somebody who has left. */
  async stop(): Promise<void> {
    for (const child of this.#children.splice(0).reverse()) await child.stop();
  }

  async #start(options: Omit<ChildOptions, 'log'>): Promise<string> {
    const child = new Child({ ...options, log: this.log });
    this.#children.push(child);
    return child.ready();
  }
}

/** The shop must name its own address to WeChat before it listens there. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('the system gives no port');
  return address.port;
}
