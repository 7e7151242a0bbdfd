import { createPrivateKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Formatter, Rsa } from 'wechatpay-axios-plugin';
import { secondsAfter } from '#common';
import {
  ACCEPTED_REFUND,
  type Answer,
  CHANNEL_KEY_ID,
  type ChannelCertificate,
  certificateEntry,
  HandClock,
  merchantKeys,
  NOW,
  notificationOf,
  PAID_TRADE,
  type Received,
  signed,
  signedUnder,
  startChannel,
  strangerKeys,
  wechatFor,
} from './channel.js';
import { vectors } from './vectors.js';

const YEAR_SECONDS = 365 * 86_400;
const CERTIFICATES = '/v3/certificates';

const [java] = vectors.keyPairs;
const life = { effectiveAt: secondsAfter(NOW, -60), expiresAt: secondsAfter(NOW, YEAR_SECONDS) };
const first: ChannelCertificate = {
  serialNo: java!.wechatpaySerial,
  pem: java!.wechatpayCertificatePem,
  privateKey: createPrivateKey(java!.wechatpayPrivateKeyPem!),
  ...life,
};
const second: ChannelCertificate = {
  serialNo: vectors.notification.headers['Wechatpay-Serial'],
  pem: vectors.notification.certificatePem,
  privateKey: createPrivateKey(vectors.signing[0]!.privateKeyPem),
  ...life,
};

let channel: Awaited<ReturnType<typeof startChannel>>;
let clock: HandClock;
let wechat: ReturnType<typeof wechatFor>;

beforeAll(async () => {
  channel = await startChannel();
  Logger.overrideLogger(false);
});
afterAll(async () => {
  Logger.overrideLogger(['error', 'warn', 'log']);
  await channel.stop();
});
beforeEach(() => {
  clock = new HandClock();
  wechat = certified();
});

/** Our side in certificate mode, without a public key of the channel unless a test gives it one. */
function certified(migrating: object = { WECHAT_PAY_PUBLIC_KEY_ID: undefined, WECHAT_PAY_PUBLIC_KEY_FILE: undefined }) {
  return wechatFor(channel.origin, { WECHAT_PAY_KEY_MODE: 'certificate', ...migrating }, clock);
}

/** The channel shows these certificates, and signs everything with `signer`. */
function show(certificates: readonly ChannelCertificate[], signer = certificates[0]!): void {
  channel.answerWith((request) => {
    const signing = signedUnder(signer, clock.now());
    if (request.url === CERTIFICATES) return signed(200, { data: certificates.map(certificateEntry) }, signing);
    return signed(200, request.url.includes('/refund/') ? ACCEPTED_REFUND : PAID_TRADE, signing);
  });
}

const query = () => wechat.pay.query(PAID_TRADE.out_trade_no);
const paid = { state: 'SUCCESS' };
const downloads = () => channel.received.filter(({ url }) => url === CERTIFICATES).length;
const notified = (signer: ChannelCertificate) => {
  const { headers, body } = notificationOf(
    'transaction',
    'TRANSACTION.SUCCESS',
    PAID_TRADE,
    signedUnder(signer, clock.now()),
  );
  return wechat.notifications.read(headers, body);
};

describe('the certificates of the channel', () => {
  it('are downloaded at start, and believed because they are sealed under our API v3 key', async () => {
    show([first, second]);
    await wechat.keys.onApplicationBootstrap();
    wechat.keys.onApplicationShutdown();
    await expect(query()).resolves.toMatchObject(paid);
    await expect(notified(second)).resolves.toMatchObject({ kind: 'TRADE' });
    expect(downloads()).toBe(1);
  });

  it('are not downloaded in public-key mode, not even for a serial number that we do not know', async () => {
    wechat = wechatFor(channel.origin, {}, clock);
    show([first]);
    await wechat.keys.onApplicationBootstrap();
    await expect(notified(first)).rejects.toMatchObject({ reason: 'BAD_SIGNATURE' });
    expect(downloads()).toBe(0);
  });

  it('are not named in our requests, which are signed as ever', async () => {
    show([first]);
    await query();
    expect(channel.received.map(({ url }) => url)).toContain(CERTIFICATES);
    for (const { method, url, headers, body } of channel.received) {
      expect(headers).not.toHaveProperty('wechatpay-serial');
      const field = (name: string) => new RegExp(`${name}="([^"]+)"`).exec(headers.authorization!)![1]!;
      const text = Formatter.request(method, url, field('timestamp'), field('nonce_str'), body);
      expect(Rsa.verify(text, field('signature'), merchantKeys.publicKey)).toBe(true);
    }
  });

  it('are downloaded again after half a day, and a failure is made good within a minute', async () => {
    show([first]);
    await wechat.keys.refreshIfDue();
    clock.passSeconds(11 * 3_600 - 1);
    await wechat.keys.refreshIfDue();
    expect(downloads()).toBe(1);

    clock.passSeconds(1);
    channel.answerWith({ status: 502 });
    await wechat.keys.refreshIfDue();
    expect(channel.received).toHaveLength(1);
    await wechat.keys.refreshIfDue();
    expect(channel.received).toHaveLength(1);

    clock.passSeconds(60);
    show([second]);
    await wechat.keys.refreshIfDue();
    await wechat.keys.refreshIfDue();
    expect(downloads()).toBe(1);
    await expect(query()).resolves.toMatchObject(paid);
  });

  it('are looked after as long as the server runs, even if they could not be had at its start', async () => {
    jest.useFakeTimers({
      doNotFake: [
        'nextTick',
        'setImmediate',
        'setTimeout',
        'clearTimeout',
        'queueMicrotask',
        'Date',
        'performance',
        'hrtime',
      ],
    });
    channel.answerWith('CUT');
    await wechat.keys.onApplicationBootstrap();
    expect(downloads()).toBe(1);

    show([first]);
    clock.passSeconds(60);
    const refresh = jest.spyOn(wechat.keys, 'refreshIfDue');
    jest.advanceTimersByTime(60_000);
    await refresh.mock.results[0]?.value;
    expect(downloads()).toBe(1);
    await expect(query()).resolves.toMatchObject(paid);

    wechat.keys.onApplicationShutdown();
    jest.advanceTimersByTime(3_600_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    jest.useRealTimers();
  });

  it('are kept when a download fails', async () => {
    show([first]);
    await wechat.keys.refreshIfDue();
    clock.passSeconds(11 * 3_600);
    channel.answerWith('CUT');
    await wechat.keys.refreshIfDue();
    show([first]);
    await expect(query()).resolves.toMatchObject(paid);
    expect(downloads()).toBe(0);
  });

  it('are downloaded at once when a reply or a notification names one that we do not have', async () => {
    show([first]);
    await wechat.keys.refreshIfDue();
    show([first, second], second);
    await expect(query()).resolves.toMatchObject(paid);
    expect(downloads()).toBe(1);
    await expect(notified(first)).resolves.toMatchObject({ kind: 'TRADE' });
  });

  it('are downloaded once for all who need them, and once a minute however many names are made up', async () => {
    show([first]);
    await expect(Promise.all(Array.from({ length: 10 }, query))).resolves.toHaveLength(10);
    expect(downloads()).toBe(1);

    const stranger = { ...second, serialNo: 'MADE_UP', privateKey: strangerKeys.privateKey };
    for (let turn = 0; turn < 5; turn += 1) {
      await expect(notified(stranger)).rejects.toMatchObject({ reason: 'BAD_SIGNATURE' });
    }
    expect(downloads()).toBe(1);
    clock.passSeconds(60);
    await Promise.allSettled(Array.from({ length: 5 }, () => notified(stranger)));
    expect(downloads()).toBe(2);
  });

  it('are worth nothing once they have expired', async () => {
    const dying = { ...first, expiresAt: secondsAfter(NOW, 120) };
    show([dying, second], dying);
    await expect(query()).resolves.toMatchObject(paid);
    clock.passSeconds(119);
    await expect(notified(dying)).resolves.toMatchObject({ kind: 'TRADE' });
    clock.passSeconds(1);
    await expect(notified(dying)).rejects.toMatchObject({ reason: 'BAD_SIGNATURE' });
    await expect(query()).rejects.toMatchObject({ code: 'BAD_SIGNATURE', outcome: 'UNKNOWN' });
    await expect(notified(second)).resolves.toMatchObject({ kind: 'TRADE' });
  });

  it('stand beside the public key while the merchant migrates to it', async () => {
    wechat = certified({});
    show([first]);
    await expect(query()).resolves.toMatchObject(paid);
    const underPublicKey = { keyId: CHANNEL_KEY_ID };
    const { headers, body } = notificationOf('transaction', 'TRANSACTION.SUCCESS', PAID_TRADE, underPublicKey);
    await expect(wechat.notifications.read(headers, body)).resolves.toMatchObject({ kind: 'TRADE' });
    await expect(notified(first)).resolves.toMatchObject({ kind: 'TRADE' });
    for (const { headers } of channel.received) expect(headers).not.toHaveProperty('wechatpay-serial');
  });

  const entry = certificateEntry(first);
  const { encrypt_certificate: sealed } = entry;
  it.each<[what: string, answer: (request: Received) => Answer]>([
    [
      'is signed by a certificate that is not among them',
      () => signed(200, { data: [entry] }, signedUnder(second, NOW)),
    ],
    [
      'is signed by a stranger under their name',
      () => signed(200, { data: [entry] }, { keyId: first.serialNo, key: strangerKeys.privateKey }),
    ],
    ['is not signed', () => ({ status: 200, body: JSON.stringify({ data: [entry] }) })],
    ['is an hour old', () => signed(200, { data: [entry] }, signedUnder(first, secondsAfter(NOW, -3_600)))],
    [
      'is sealed under another key',
      () =>
        signed(
          200,
          { data: [{ ...entry, encrypt_certificate: { ...sealed, associated_data: 'x' } }] },
          signedUnder(first, NOW),
        ),
    ],
    [
      'names another serial number',
      () => signed(200, { data: [{ ...entry, serial_no: second.serialNo }] }, signedUnder(first, NOW)),
    ],
    ['holds no list', () => signed(200, { data: entry }, signedUnder(first, NOW))],
    ['holds no certificate', () => signed(200, { data: [] }, signedUnder(first, NOW))],
    [
      'is a refusal',
      () => signed(404, { code: 'RESOURCE_NOT_EXISTS', message: '无可用的平台证书' }, signedUnder(first, NOW)),
    ],
  ])('are not believed when their list %s', async (_what, answer) => {
    channel.answerWith(answer);
    await wechat.keys.refreshIfDue();
    expect(downloads()).toBe(1);
    await expect(notified(first)).rejects.toMatchObject({ reason: 'BAD_SIGNATURE' });
  });
});

describe('personal fields', () => {
  const card = {
    type: 'USER_BANK_CARD',
    bankType: 'ICBC_DEBIT',
    bankAccount: '6222020200001234567',
    realName: '王小明',
  } as const;
  const remedy = () => wechat.pay.applyAbnormalRefund('1', ACCEPTED_REFUND.out_refund_no, card);

  it('are encrypted for the newest certificate in effect, which the request names', async () => {
    const newer = { ...second, effectiveAt: secondsAfter(NOW, -30) };
    show([first, newer]);
    await expect(remedy()).resolves.toMatchObject({ status: 'PROCESSING' });
    const { headers, body } = channel.received.at(-1)!;
    expect(headers['wechatpay-serial']).toBe(newer.serialNo);
    const { real_name } = JSON.parse(body) as { real_name: string };
    expect(Rsa.decrypt(real_name, newer.privateKey)).toBe('王小明');
  });

  it('are not encrypted for a certificate that is not in effect yet', async () => {
    show([first, { ...second, effectiveAt: secondsAfter(NOW, 30) }]);
    await remedy();
    expect(channel.received.at(-1)!.headers['wechatpay-serial']).toBe(first.serialNo);
  });

  it('do not leave us when there is no certificate to encrypt them for', async () => {
    channel.answerWith({ status: 502 });
    await expect(remedy()).rejects.toMatchObject({ outcome: 'UNKNOWN', isRetryable: true });
    show([{ ...first, expiresAt: NOW }], first);
    await expect(remedy()).rejects.toMatchObject({ code: 'BAD_REPLY' });
    expect(channel.received.every(({ url }) => url === CERTIFICATES)).toBe(true);
  });
});
