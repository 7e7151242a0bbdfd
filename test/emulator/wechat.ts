import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import { type EmulatorOptions, type RunningEmulator, startEmulator } from '../../src/emulator/index.js';

export const merchantKeys = makeKeys();
export const wechatKeys = makeKeys();

/** A shop known to the emulator; the tests hold the other half of each key. */
export const shop = {
  appId: 'wx0123456789abcdef',
  appSecret: 'an-app-secret',
  mchId: '1900000109',
  mchSerialNo: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
  mchPublicKey: merchantKeys.publicKey,
  payPublicKeyId: 'PUB_KEY_ID_0119000001092025010100000000000001',
  privateKey: wechatKeys.privateKey,
  apiV3Key: '0123456789abcdef0123456789abcdef',
  storage: {
    bucket: 'pictures',
    region: 'eu-test-1',
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'a/secret+of=the/storage',
  },
} satisfies EmulatorOptions;

const open = new Set<{ close(): Promise<void> }>();

/** Closes whatever a test left running, a failed one too. */
export async function closeEverything(): Promise<void> {
  await Promise.all(Array.from(open, (running) => running.close()));
}

/** Most tests refund the same payment twice without waiting a minute. */
export async function startShopEmulator(options: Partial<EmulatorOptions> = {}): Promise<RunningEmulator> {
  const emulator = await startEmulator({ ...shop, refundGapSeconds: 0, ...options });
  const close = (): Promise<void> => {
    open.delete(running);
    return emulator.close();
  };
  const running = { ...emulator, close };
  open.add(running);
  return running;
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
  /** Whether the reply carries WeChat's signature over exactly its body, as the independent library sees it. */
  readonly isSigned: boolean;
}

/** What a test may change about a signed request to make it wrong. */
export interface Tampering {
  readonly mchId?: string;
  readonly serialNo?: string;
  readonly timestamp?: number;
  readonly nonce?: string;
  readonly sentBody?: string;
  readonly headers?: Record<string, string>;
}

/** Sends a request signed by the independent library. */
export async function pay(
  base: string,
  method: string,
  path: string,
  content?: object,
  tampering: Tampering = {},
  init: RequestInit = {},
) {
  const body = content ? JSON.stringify(content) : '';
  const { timestamp = Formatter.timestamp(), nonce = Formatter.nonce() } = tampering;
  const { mchId = shop.mchId, serialNo = shop.mchSerialNo } = tampering;
  const signature = Rsa.sign(Formatter.request(method, path, timestamp, nonce, body), merchantKeys.privateKey);
  const response = await fetch(`${base}${path}`, {
    ...init,
    method,
    headers: {
      authorization: Formatter.authorization(mchId, nonce, signature, timestamp, serialNo),
      'content-type': 'application/json',
      ...tampering.headers,
    },
    ...(content ? { body: tampering.sentBody ?? body } : {}),
  });
  return read(response);
}

export async function read(response: Response): Promise<Answer> {
  const body = await response.text();
  return {
    status: response.status,
    body: body === '' ? {} : (JSON.parse(body) as Record<string, unknown>),
    headers: response.headers,
    isSigned: isSignedByWeChat(body, (name) => response.headers.get(name) ?? ''),
  };
}

/** WeChat's keys by the name in `Wechatpay-Serial`: its public key, and the certificates that a test has downloaded. */
export const knownKeys = new Map<string, string>([[shop.payPublicKeyId, wechatKeys.publicKey]]);

function isSignedByWeChat(body: string, header: (name: string) => string): boolean {
  const signed = Formatter.response(header('wechatpay-timestamp'), header('wechatpay-nonce'), body);
  const key = knownKeys.get(header('wechatpay-serial'));
  return key !== undefined && Rsa.verify(signed, header('wechatpay-signature'), key);
}

/** The platform certificates, opened by the independent library and known from now on. */
export async function downloadCertificates(base: string): Promise<X509Certificate[]> {
  const { body } = await pay(base, 'GET', '/v3/certificates');
  return (body as { data: CertificateEntry[] }).data.map(({ serial_no, encrypt_certificate: sealed }) => {
    const pem = Aes.AesGcm.decrypt(sealed.ciphertext, shop.apiV3Key, sealed.nonce, sealed.associated_data);
    knownKeys.set(serial_no, pem);
    return new X509Certificate(pem);
  });
}

interface CertificateEntry {
  readonly serial_no: string;
  readonly encrypt_certificate: NotificationBody['resource'];
}

/** Asks the control surface. */
export async function control(base: string, method: string, path: string, content?: object): Promise<Answer> {
  const init = content
    ? { method, body: JSON.stringify(content), headers: { 'content-type': 'application/json' } }
    : { method };
  return read(await fetch(`${base}/emulator${path}`, init));
}

export interface Notice {
  readonly id: string;
  readonly event: string;
  readonly isSigned: boolean;
  readonly content: Record<string, unknown>;
  readonly headers: IncomingHttpHeaders;
  readonly arrivedAtMs: number;
}

/** A shop's notify address: collects what arrives and answers as the test says. */
export class Inbox {
  readonly notices: Notice[] = [];
  status = 204;
  answersAfterMs = 0;
  readonly #server = createServer((request, response) => {
    void text(request).then((body) => {
      const { id, event_type, resource } = JSON.parse(body) as NotificationBody;
      const plain = Aes.AesGcm.decrypt(resource.ciphertext, shop.apiV3Key, resource.nonce, resource.associated_data);
      this.notices.push({
        id,
        event: event_type,
        isSigned: isSignedByWeChat(body, (name) => String(request.headers[name])),
        content: JSON.parse(plain) as Record<string, unknown>,
        headers: request.headers,
        arrivedAtMs: Date.now(),
      });
      const answer = () => response.writeHead(this.status).end();
      if (this.answersAfterMs === 0) answer();
      else setTimeout(answer, this.answersAfterMs).unref();
    });
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    open.add(this);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/notify`;
  }

  /** What has arrived, once it is at least `count`. */
  async waitFor(count: number, waitMs?: number): Promise<Notice[]> {
    await until(() => this.notices.length >= count, `${count} notifications`, waitMs);
    return this.notices;
  }

  async close(): Promise<void> {
    open.delete(this);
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

interface NotificationBody {
  readonly id: string;
  readonly event_type: string;
  readonly resource: { readonly ciphertext: string; readonly nonce: string; readonly associated_data: string };
}

export async function until(
  isTrue: () => boolean | Promise<boolean>,
  what: string,
  waitMs: number = 5_000,
): Promise<void> {
  const endsAtMs = Date.now() + waitMs;
  while (!(await isTrue())) {
    if (Date.now() > endsAtMs) throw new Error(`waited in vain for ${what}`);
    await pause(5);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

let orders = 0;

/** A valid prepay body with a number of its own; the payer is the person `ana` of the tests. */
export function anOrder(change: object = {}) {
  orders += 1;
  return {
    appid: shop.appId,
    mchid: shop.mchId,
    description: '砂糖橘五斤',
    out_trade_no: `order_${orders.toString().padStart(6, '0')}`,
    notify_url: 'http://127.0.0.1:9/nobody',
    amount: { total: 2_990, currency: 'CNY' },
    payer: { openid: 'o-ana' },
    ...change,
  };
}

/** Prepays an order and pays it as the phone would. Nobody is told unless the order names a notify address of its own. */
export async function paidOrder(base: string, change: object = {}, payment: object = {}) {
  const order = anOrder(change);
  const notify = { lose: !('notify_url' in change) };
  const { body } = await pay(base, 'POST', '/v3/pay/transactions/jsapi', order);
  const paid = await control(base, 'POST', '/payments', { prepay_id: body['prepay_id'], notify, ...payment });
  return { order, prepayId: String(body['prepay_id']), transactionId: String(paid.body['transaction_id']), paid };
}

function makeKeys(): { publicKey: string; privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
