import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext, type Context, type Module, runInContext, SourceTextModule } from 'node:vm';
import { WebSocket } from 'undici';
import type { Phone } from '../support/phone.js';

/** What `wx.request` takes (WeChat mini-program reference): no PATCH. */
const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'];

const GIVEN = ['wx', 'setTimeout', 'clearTimeout'];
/** V8 gives these to every world of its own; they are no part of ECMAScript. */
const FROM_V8 = ['console', 'WebAssembly'];
const ECMASCRIPT = new Set(runInContext('Object.getOwnPropertyNames(globalThis)', createContext({})) as string[]);
const BROWSER = [
  'window',
  'document',
  'self',
  'location',
  'navigator',
  'localStorage',
  'XMLHttpRequest',
  'FileReader',
  'File',
];

/** What Node and browsers have and a mini-program has not. */
const ELSEWHERE = [
  ...new Set([...Object.getOwnPropertyNames(globalThis), 'require', 'module', ...BROWSER, ...FROM_V8]),
].filter((name) => (!ECMASCRIPT.has(name) || FROM_V8.includes(name)) && !GIVEN.includes(name));

interface RequestOptions {
  readonly url: string;
  readonly method: string;
  readonly header: Record<string, string>;
  readonly data: string;
  readonly dataType: string;
  readonly timeout: number;
  readonly success: (answer: { statusCode: number; header: Record<string, string>; data: string }) => void;
  readonly fail: (failure: { errMsg: string }) => void;
}

interface DownloadOptions {
  readonly url: string;
  readonly header: Record<string, string>;
  readonly success: (answer: { statusCode: number; tempFilePath: string }) => void;
}

interface PayOptions {
  readonly package: string;
  readonly complete: (result: { errMsg: string }) => void;
}

interface SubscribeOptions {
  readonly tmplIds: readonly string[];
  readonly success: (told: Readonly<Record<string, string>>) => void;
}

interface UploadOptions {
  readonly url: string;
  readonly filePath: string;
  readonly name: string;
  readonly formData: Record<string, string>;
  readonly success: (answer: { statusCode: number; data: string }) => void;
}

type Listener<Event> = (event: Event) => void;

/** What `wx.connectSocket` gives. */
interface SocketTask {
  readonly send: (message: { data: string }) => void;
  readonly close: (options: { code?: number }) => void;
  readonly onOpen: (listener: Listener<object>) => void;
  readonly onMessage: (listener: Listener<{ data: string }>) => void;
  readonly onClose: (listener: Listener<{ code: number; reason: string }>) => void;
  readonly onError: (listener: Listener<{ errMsg: string }>) => void;
}

export interface Sent {
  readonly authorization: string | undefined;
  readonly body: { readonly query: string; readonly variables: Record<string, unknown> };
}

/** A phone that runs the modules of a page of documentation, in a world that has `wx`, timers and ECMAScript, and nothing else. */
export class MiniProgram {
  language = 'zh_CN';
  /** What the buyer picks of the address book: an answer of `wx.chooseAddress`, as the developer tools give it. */
  address: object = {
    ...{ errMsg: 'chooseAddress:ok', userName: '张三', telNumber: '020-81167888', postalCode: '510000' },
    ...{
      provinceName: '广东省',
      cityName: '广州市',
      countyName: '海珠区',
      streetName: '',
      detailInfo: '新港中路397号',
    },
    nationalCode: '440105',
  };
  /** Fields whose next answers are lost on their way, once for each time that they are named here. */
  readonly toLose: string[] = [];
  readonly sent: Sent[] = [];
  readonly storage = new Map<string, unknown>();
  /** What the buyer has taken pictures of, and what was downloaded, by its temporary path. */
  readonly files = new Map<string, { readonly type: string; readonly bytes: Buffer }>();
  /** The sockets that were asked for, the newest last. */
  readonly sockets: WebSocket[] = [];
  /** Whether what servers say on sockets gets lost on its way, while nobody says that the line is cut. */
  isDeaf = false;
  /** How much faster its timers run than ours. */
  hurry = 1;
  /** The names that were looked for and are not there. */
  readonly missed = new Set<string>();
  readonly #modules = new Map<string, Promise<Module>>();
  readonly #context: Context;

  readonly #sources: ReadonlyMap<string, string>;

  /** @param page Markdown whose JavaScript blocks each begin with the name of their module */
  constructor(
    private readonly phone: Phone,
    page: string,
    endpoint: string,
  ) {
    const blocks = [...page.matchAll(/^```js\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)].map(([, name = '', source = '']) => ({
      name: `./${name}`,
      source: source.replace('https://shop.example.com/graphql', endpoint),
    }));
    this.#sources = new Map(blocks.map(({ name, source }) => [name, source]));
    this.#context = createContext(this.#world());
  }

  get moduleNames(): string[] {
    return [...this.#sources.keys()];
  }

  /** The exports of a module of the page. */
  async use<Exports>(name: string): Promise<Exports> {
    const module = await this.#module(name);
    if (module.status === 'unlinked') await module.link((specifier) => this.#module(specifier));
    if (module.status === 'linked') await module.evaluate();
    return module.namespace as Exports;
  }

  #module(specifier: string): Promise<Module> {
    const known = this.#modules.get(specifier) ?? this.#read(specifier);
    this.#modules.set(specifier, known);
    return known;
  }

  async #read(specifier: string): Promise<Module> {
    const source = this.#sources.get(specifier) ?? (await readFile(libraryFile(specifier), 'utf8'));
    // As a bundler does.
    const bundled = source.replaceAll('process.env.NODE_ENV', '"production"');
    return new SourceTextModule(bundled, { context: this.#context, identifier: specifier });
  }

  /** Names from elsewhere read as undefined, and it is noted that somebody looked. Any other name is a ReferenceError by itself. */
  #world(): object {
    const world: Record<string, unknown> = {
      wx: this.#wx(),
      setTimeout: (work: () => void, milliseconds: number) => setTimeout(work, milliseconds / this.hurry),
      clearTimeout,
    };
    for (const name of ELSEWHERE) Object.defineProperty(world, name, { get: () => void this.missed.add(name) });
    return world;
  }

  #wx(): object {
    return {
      request: (options: RequestOptions) => void this.#request(options),
      login: ({ success }: { success: (result: { code: string }) => void }) =>
        void this.phone.loginCode().then((code) => {
          success({ code });
        }),
      chooseAddress: ({ success }: { success: (address: object) => void }) => {
        success(this.address);
      },
      getImageInfo: ({ src, success }: { src: string; success: (info: { type: string }) => void }) => {
        success({ type: this.#file(src).type });
      },
      uploadFile: (options: UploadOptions) => void this.#upload(options),
      downloadFile: (options: DownloadOptions) => void this.#download(options),
      connectSocket: (options: { url: string; protocols: string[] }) => this.#connect(options),
      requestPayment: (options: PayOptions) => void this.#pay(options),
      requestSubscribeMessage: ({ tmplIds, success }: SubscribeOptions) =>
        void this.phone.subscribe(tmplIds).then((told) => {
          success(told);
        }),
      getAppBaseInfo: () => ({ language: this.language }),
      getStorageSync: (key: string) => this.storage.get(key) ?? '',
      setStorageSync: (key: string, value: unknown) => void this.storage.set(key, structuredClone(value)),
    };
  }

  async #request({ url, method, header, data, dataType, timeout, success, fail }: RequestOptions): Promise<void> {
    if (!METHODS.includes(method) || dataType !== 'text' || !(timeout > 0 && timeout <= 60_000)) {
      fail({ errMsg: 'request:fail invalid options' });
      return;
    }
    this.sent.push({ authorization: header['authorization'], body: JSON.parse(data) as Sent['body'] });
    const response = await fetch(url, { method, headers: header, body: data });
    const text = await response.text();
    const lost = this.toLose.findIndex((field) => data.includes(`${field}(`));
    if (lost >= 0) {
      this.toLose.splice(lost, 1);
      fail({ errMsg: 'request:fail timeout' });
      return;
    }
    // Phones spell the names of headers in different ways.
    const headers = [...response.headers].map(([name, value]) => [name.toUpperCase(), value]);
    success({ statusCode: response.status, header: Object.fromEntries(headers) as Record<string, string>, data: text });
  }

  #file(path: string): { readonly type: string; readonly bytes: Buffer } {
    const file = this.files.get(path);
    if (!file) throw new Error(`the phone has no file ${path}`);
    return file;
  }

  /** One file by POST, behind the fields. */
  async #upload({ url, filePath, name, formData, success }: UploadOptions): Promise<void> {
    const body = new FormData();
    for (const [field, value] of Object.entries(formData)) body.append(field, value);
    body.append(name, new Blob([new Uint8Array(this.#file(filePath).bytes)]), filePath);
    const response = await fetch(url, { method: 'POST', body });
    success({ statusCode: response.status, data: await response.text() });
  }

  async #download({ url, header, success }: DownloadOptions): Promise<void> {
    const response = await fetch(url, { headers: header });
    const tempFilePath = `wxfile://tmp_${this.files.size}`;
    const bytes = Buffer.from(await response.arrayBuffer());
    this.files.set(tempFilePath, { type: response.headers.get('content-type') ?? '', bytes });
    success({ statusCode: response.status, tempFilePath });
  }

  #connect({ url, protocols }: { url: string; protocols: string[] }): SocketTask {
    const socket = new WebSocket(url, protocols);
    this.sockets.push(socket);
    return {
      send: ({ data }) => {
        socket.send(data);
      },
      close: ({ code }) => {
        socket.close(code);
      },
      onOpen: (listener) => {
        socket.addEventListener('open', () => {
          listener({});
        });
      },
      onMessage: (listener) => {
        socket.addEventListener('message', ({ data }) => {
          if (!this.isDeaf) listener({ data: String(data) });
        });
      },
      onClose: (listener) => {
        socket.addEventListener('close', ({ code, reason }) => {
          if (!this.isDeaf) listener({ code, reason });
        });
      },
      onError: (listener) => {
        socket.addEventListener('error', () => {
          listener({ errMsg: 'connectSocket:fail' });
        });
      },
    };
  }

  async #pay({ package: prepay, complete }: PayOptions): Promise<void> {
    await this.phone.payPrepaid(prepay.replace('prepay_id=', ''), { notify: { lose: true } });
    complete({ errMsg: 'requestPayment:ok' });
  }
}

const PACKAGES: Readonly<Record<string, string>> = {
  '@urql/core': '@urql/core/dist/urql-core.mjs',
  './urql-core-chunk.mjs': '@urql/core/dist/urql-core-chunk.mjs',
  wonka: 'wonka/dist/wonka.mjs',
  '@0no-co/graphql.web': '@0no-co/graphql.web/dist/graphql.web.mjs',
};

function libraryFile(specifier: string): string {
  const file = PACKAGES[specifier];
  if (file === undefined) throw new Error(`the page imports ${specifier}, which a mini-program does not have`);
  return join('node_modules', file);
}
