import { createCipheriv, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { Config, MachineClock, secondsAfter } from '#common';
import {
  CodesClient,
  LinksClient,
  LoginClient,
  MessageClient,
  NotificationReader,
  PayClient,
  PhoneClient,
  ShippingClient,
} from '#wechat';
import { CertificatesClient } from '../../src/wechat/certificates.client.js';
import { ChannelKeys } from '../../src/wechat/channel.keys.js';
import { Credentials } from '../../src/wechat/credentials.js';
import { HttpTransport } from '../../src/wechat/http.js';
import { MiniProgramHttp } from '../../src/wechat/mini-program.http.js';
import { PayHttp } from '../../src/wechat/pay.http.js';
import { PayTransport } from '../../src/wechat/pay.transport.js';
import { TokenStore } from '../../src/wechat/token.store.js';

export const merchantKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const channelKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const strangerKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const CHANNEL_KEY_ID = 'PUB_KEY_ID_0000000000000024101100397200000006';
export const API_V3_KEY = 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb';
export const NOW = new Date('2026-11-20T12:00:00.000Z');
export const NOW_SECONDS = NOW.getTime() / 1_000;

const keyFolder = mkdtempSync(join(tmpdir(), 'haotuan-wechat-'));
afterAll(() => {
  rmSync(keyFolder, { recursive: true });
});

function keyFile(name: string, key: KeyObject): string {
  const file = join(keyFolder, name);
  writeFileSync(file, key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }));
  return file;
}

export function configFor(origin: string, overrides: Partial<Config> = {}): Config {
  return Object.assign(new Config(), {
    PUBLIC_URL: 'https://shop.example.com',
    WECHAT_API_URL: origin,
    WECHAT_PAY_URL: origin,
    WECHAT_TIMEOUT_MILLISECONDS: 2_000,
    WECHAT_APP_ID: 'wx2421b1c4370ec43b',
    WECHAT_APP_SECRET: 'a-secret-that-no-message-may-show',
    WECHAT_MCH_ID: '1900000109',
    WECHAT_MCH_SERIAL_NO: '5F1C72E2A8931B72A2E13AF8DEE92471EB397115',
    WECHAT_MCH_PRIVATE_KEY_FILE: keyFile('merchant.pem', merchantKeys.privateKey),
    WECHAT_PAY_PUBLIC_KEY_ID: CHANNEL_KEY_ID,
    WECHAT_PAY_PUBLIC_KEY_FILE: keyFile('channel.pem', channelKeys.publicKey),
    WECHAT_API_V3_KEY: API_V3_KEY,
    ...overrides,
  });
}

/** A clock that tests move by hand. */
export class HandClock extends MachineClock {
  private instant = NOW;

  override now(): Date {
    return this.instant;
  }

  passSeconds(seconds: number): void {
    this.instant = secondsAfter(this.instant, seconds);
  }
}

/** Everything of the module, wired by hand, so that a test can also look inside. */
export function wechatFor(origin: string, overrides: Partial<Config> = {}, clock = new HandClock()) {
  const config = configFor(origin, overrides);
  const credentials = new Credentials(config);
  const transport = new HttpTransport(config);
  const payTransport = new PayTransport(config, credentials, clock, transport);
  const keys = new ChannelKeys(credentials, clock, new CertificatesClient(credentials, clock, payTransport));
  const miniProgram = new MiniProgramHttp(config, transport);
  const tokens = new TokenStore(config, clock, miniProgram);
  return {
    clock,
    transport,
    keys,
    pay: new PayClient(config, credentials, clock, new PayHttp(payTransport, keys), keys),
    login: new LoginClient(config, miniProgram),
    phones: new PhoneClient(config, clock, tokens, miniProgram),
    shipping: new ShippingClient(tokens, miniProgram),
    codes: new CodesClient(config, tokens, miniProgram),
    links: new LinksClient(config, tokens, miniProgram),
    messages: new MessageClient(config, tokens, miniProgram),
    tokens,
    notifications: new NotificationReader(credentials, keys),
  };
}

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** `HANG` never answers, `CUT` closes the connection. */
export type Answer = { status: number; headers?: Record<string, string>; body?: string | Buffer } | 'HANG' | 'CUT';

/** A server that hears every request and answers as the test says. */
export async function startChannel() {
  const received: Received[] = [];
  let connections = 0;
  let answer: (request: Received) => Answer = () => ({ status: 500 });

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const heard = { method, url, headers, body: Buffer.concat(chunks).toString() };
      received.push(heard);
      give(answer(heard), response);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    connections: () => connections,
    answerWith: (next: Answer | ((request: Received) => Answer)) => {
      received.length = 0;
      answer = typeof next === 'function' ? next : () => next;
    },
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
    },
  };
}

function give(answer: Answer, response: ServerResponse): void {
  if (answer === 'HANG') return;
  if (answer === 'CUT') {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

interface Signing {
  readonly timestampSeconds?: number;
  readonly key?: KeyObject;
  readonly keyId?: string;
}

/** The headers with which the channel signs these bytes. */
export function signedHeaders(body: string, signing: Signing = {}): Record<string, string> {
  const { timestampSeconds = NOW_SECONDS, key = channelKeys.privateKey, keyId = CHANNEL_KEY_ID } = signing;
  const nonce = randomBytes(8).toString('hex');
  const signature = sign('sha256', Buffer.from(`${timestampSeconds}\n${nonce}\n${body}\n`), key);
  return {
    'request-id': '08F78BB1-268578',
    'wechatpay-timestamp': String(timestampSeconds),
    'wechatpay-nonce': nonce,
    'wechatpay-serial': keyId,
    'wechatpay-signature': signature.toString('base64'),
  };
}

/** A reply as the channel gives it. */
export function signed(status: number, value?: object, signing?: Signing): Answer {
  const body = value === undefined ? '' : JSON.stringify(value);
  return { status, headers: signedHeaders(body, signing), body };
}

/** As the channel encrypts what only the holder of the API v3 key may read. */
function encrypted(associatedData: string, text: string) {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', API_V3_KEY, nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(associatedData));
  const ciphertext = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64');
  return { algorithm: 'AEAD_AES_256_GCM', ciphertext, associated_data: associatedData, nonce };
}

/** A certificate of the channel, and the private key that only the channel has. */
export interface ChannelCertificate {
  readonly serialNo: string;
  readonly pem: string;
  readonly privateKey: KeyObject;
  readonly effectiveAt: Date;
  readonly expiresAt: Date;
}

/** How an answer under a certificate is signed. */
export function signedUnder({ serialNo, privateKey }: ChannelCertificate, now: Date): Signing {
  return { key: privateKey, keyId: serialNo, timestampSeconds: Math.floor(now.getTime() / 1_000) };
}

/** One entry of the list of certificates, as the channel gives it. */
export function certificateEntry({ serialNo, pem, effectiveAt, expiresAt }: ChannelCertificate) {
  return {
    serial_no: serialNo,
    effective_time: effectiveAt.toISOString(),
    expire_time: expiresAt.toISOString(),
    encrypt_certificate: encrypted('certificate', pem),
  };
}

/** A notification as the channel sends it: its headers and its bytes. */
export function notificationOf(originalType: string, eventType: string, plain: unknown, signing?: Signing) {
  const text = typeof plain === 'string' ? plain : JSON.stringify(plain);
  const body = JSON.stringify({
    id: 'EV-2018022511223320873',
    create_time: '2026-11-20T20:00:00+08:00',
    resource_type: 'encrypt-resource',
    event_type: eventType,
    summary: '支付成功',
    resource: { original_type: originalType, ...encrypted(originalType, text) },
  });
  return { headers: signedHeaders(body, signing), body: Buffer.from(body) };
}

/** A paid trade in the channel's own words. */
export const PAID_TRADE = {
  appid: 'wx2421b1c4370ec43b',
  mchid: '1900000109',
  out_trade_no: 'pay_01k9x3v0000000000000000000',
  transaction_id: '4200002847202611209876543210',
  trade_type: 'JSAPI',
  trade_state: 'SUCCESS',
  trade_state_desc: '支付成功',
  success_time: '2026-11-20T19:59:58+08:00',
  payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  amount: { total: 1_990, payer_total: 1_490, currency: 'CNY', payer_currency: 'CNY' },
};

/** A refund that the channel accepted, in its own words. */
export const ACCEPTED_REFUND = {
  refund_id: '50300807092026112000000000001',
  out_refund_no: 'refund_01k9x3v0000000000000000000',
  transaction_id: PAID_TRADE.transaction_id,
  out_trade_no: PAID_TRADE.out_trade_no,
  channel: 'ORIGINAL',
  create_time: '2026-11-20T20:00:00+08:00',
  status: 'PROCESSING',
  amount: { total: 1_990, refund: 500, payer_total: 1_990, payer_refund: 500, currency: 'CNY' },
};
