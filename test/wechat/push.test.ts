import { describe, expect, it } from '@jest/globals';
import { encryptedPush, pushSignatureOf } from '../../src/emulator/push.crypto.js';
import { openPush, pushKey, pushSignature, PushUnreadable } from '../../src/wechat/push/push.crypto.js';
import { PushReader, PushRejected } from '../../src/wechat/push/push.reader.js';
import { configFor, HandClock, NOW_SECONDS } from './channel.js';
import { vectors } from './vectors.js';

const APP_ID = 'wx2421b1c4370ec43b';
const TOKEN = 'pamtest';
const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const ORIGIN = 'https://api.weixin.qq.com';

const said = {
  ...{ ToUserName: 'gh_1', FromUserName: 'o-ana', CreateTime: NOW_SECONDS - 1, MsgType: 'event' },
  Event: 'subscribe_msg_popup_event',
  List: [{ TemplateId: 'tpl-1', SubscribeStatusString: 'accept', PopupScene: '0' }],
};

function readerFor(change: object = {}): PushReader {
  const keys = { WECHAT_PUSH_TOKEN: TOKEN, WECHAT_PUSH_AES_KEY: AES_KEY };
  return new PushReader(configFor(ORIGIN, { ...keys, ...change }), new HandClock());
}

interface Sent {
  readonly message?: object | string;
  readonly appId?: string;
  readonly timestamp?: string;
  readonly token?: string;
}

/** A push as WeChat makes it in secure mode, by the emulator's own code. */
function pushed({ message = said, appId = APP_ID, timestamp = String(NOW_SECONDS), token = TOKEN }: Sent = {}) {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  const encrypted = encryptedPush(AES_KEY, appId, text);
  const signature = pushSignatureOf([token, timestamp, '7']);
  const covered = pushSignatureOf([token, timestamp, '7', encrypted]);
  const query = { signature, timestamp, nonce: '7', openid: 'o-ana', encrypt_type: 'aes', msg_signature: covered };
  return { query, body: Buffer.from(JSON.stringify({ ToUserName: 'gh_1', Encrypt: encrypted })), encrypted };
}

function faultOf(work: () => unknown): string {
  try {
    work();
    return 'none';
  } catch (error) {
    if (error instanceof PushRejected) return error.reason;
    throw error;
  }
}

describe('the published pushes', () => {
  it('are signed and encrypted as ours are read', () => {
    const { token, timestamp, nonce, encryptB64, msgSignature, encodingAesKey, appid, plaintext } = vectors.push;
    expect(pushSignature(token, timestamp, nonce, encryptB64)).toBe(msgSignature);
    expect(openPush(pushKey(encodingAesKey), appid, encryptB64).toString()).toBe(plaintext);
    const other = vectors.pushSignature;
    expect(pushSignature(other.token, other.timestamp, other.nonce, other.encryptB64)).toBe(other.msgSignature);
  });

  it.each(vectors.pushEncryption)('of $id are those that the emulator makes, to the bit', (vector) => {
    const { encodingAesKey, appid, plaintext, random16, encryptB64 } = vector;
    expect(encryptedPush(encodingAesKey, appid, plaintext, Buffer.from(random16))).toBe(encryptB64);
    expect(openPush(pushKey(encodingAesKey), appid, encryptB64).toString()).toBe(plaintext);
  });
});

describe('opening what was pushed', () => {
  it('takes every length, though half of all paddings are longer than a block of the cipher', () => {
    for (let length = 0; length < 64; length += 1) {
      const text = '好'.repeat(length);
      expect(openPush(pushKey(AES_KEY), APP_ID, encryptedPush(AES_KEY, APP_ID, text)).toString()).toBe(text);
    }
  });

  it.each([
    ['another mini-program', encryptedPush(AES_KEY, 'wx-another', '{}')],
    ['one whose name begins like ours', encryptedPush(AES_KEY, `${APP_ID}0`, '{}')],
    ['nothing', ''],
    ['half a block', Buffer.alloc(24).toString('base64')],
    ['another key', encryptedPush(AES_KEY.toLowerCase(), APP_ID, '{}')],
  ])('refuses what is of %s', (_what, encrypted) => {
    expect(() => openPush(pushKey(AES_KEY), APP_ID, encrypted)).toThrow(PushUnreadable);
  });

  it('refuses whatever was changed on the way', () => {
    const bytes = Buffer.from(pushed().encrypted, 'base64');
    const last = Buffer.from(bytes);
    last[bytes.length - 17]! ^= 0xff; // The padding, by way of the block before.
    expect(() => openPush(pushKey(AES_KEY), APP_ID, last.toString('base64'))).toThrow(PushUnreadable);
    const length = Buffer.from(bytes);
    length[0]! ^= 0xff; // By way of the first block: the length says more than there is.
    expect(() => openPush(pushKey(AES_KEY), APP_ID, length.toString('base64'))).toThrow(PushUnreadable);
  });
});

describe('the URL check', () => {
  const check = (change: object = {}) => ({
    ...{ signature: pushSignatureOf([TOKEN, String(NOW_SECONDS), '7']), timestamp: String(NOW_SECONDS), nonce: '7' },
    echostr: '4375120948345356249',
    ...change,
  });

  it('is answered with what WeChat asks to hear', () => {
    expect(readerFor().echo(check())).toBe('4375120948345356249');
  });

  it.each([
    ['signed by another', { signature: pushSignatureOf(['other', String(NOW_SECONDS), '7']) }, 'BAD_SIGNATURE'],
    ['not signed', { signature: undefined }, 'BAD_SIGNATURE'],
    ['signed twice', { signature: [check().signature, check().signature] }, 'BAD_SIGNATURE'],
    [
      'of ten minutes ago',
      { timestamp: String(NOW_SECONDS - 600), signature: pushSignatureOf([TOKEN, String(NOW_SECONDS - 600), '7']) },
      'STALE',
    ],
  ])('that is %s is refused', (_what, change, fault) => {
    expect(faultOf(() => readerFor().echo(check(change)))).toBe(fault);
  });

  it('is refused while no token is configured', () => {
    const closed = readerFor({ WECHAT_PUSH_TOKEN: undefined, WECHAT_PUSH_AES_KEY: undefined });
    expect(faultOf(() => closed.echo(check()))).toBe('CLOSED');
  });
});

describe('a push', () => {
  it('is read, and known again however often it is sealed', () => {
    const [first, again] = [pushed(), pushed()];
    expect(first.encrypted).not.toBe(again.encrypted);
    const push = readerFor().read(first.query, first.body);
    expect(push).toMatchObject({
      ...{ event: 'subscribe_msg_popup_event', openid: 'o-ana', createdAt: new Date((NOW_SECONDS - 1) * 1_000) },
      said: { kind: 'ASKED', answers: [{ templateId: 'tpl-1', isAccepted: true }] },
    });
    expect(readerFor().read(again.query, again.body).identity).toEqual(push.identity);
    const { List, ...rest } = said;
    const reordered = pushed({ message: { List, ...rest } });
    expect(readerFor().read(reordered.query, reordered.body).identity).toEqual(push.identity);
  });

  it.each([
    ['of another moment', { CreateTime: NOW_SECONDS - 2 }],
    ['of another person', { FromUserName: 'o-bo' }],
    ['of another answer', { List: [{ TemplateId: 'tpl-2', SubscribeStatusString: 'accept' }] }],
  ])('%s is another one', (_what, change) => {
    const [one, other] = [pushed(), pushed({ message: { ...said, ...change } })];
    const reader = readerFor();
    expect(reader.read(one.query, one.body).identity).not.toEqual(reader.read(other.query, other.body).identity);
  });

  // prettier-ignore
  it.each<[what: string, change: object, said: object | null]>([
    ['one answer without a list',  { List: { TemplateId: 'tpl-1', SubscribeStatusString: 'reject' } },                      { kind: 'ASKED', answers: [{ templateId: 'tpl-1', isAccepted: false }] }],
    ['a change in the settings',   { Event: 'subscribe_msg_change_event', List: [{ TemplateId: 'a', SubscribeStatusString: 'reject' }] }, { kind: 'CHANGED', answers: [{ templateId: 'a', isAccepted: false }] }],
    ['what became of a message',   { Event: 'subscribe_msg_sent_event', List: { TemplateId: 'a', MsgID: '1', ErrorCode: '0' } }, { kind: 'SENT', results: [{ templateId: 'a', code: '0' }] }],
    ['an event that nobody reads', { Event: 'user_enter_tempsession' },                                                      null],
    ['a time written as a text',   { CreateTime: '1700000000', Event: 'other' },                                             null],
  ])('may tell %s', (_what, change, expected) => {
    const { query, body } = pushed({ message: { ...said, ...change } });
    expect(readerFor().read(query, body).said).toEqual(expected);
  });

  it.each<[what: string, sent: Sent, fault: string]>([
    ['signed with another token', { token: 'other' }, 'BAD_SIGNATURE'],
    ['of ten minutes ago', { timestamp: String(NOW_SECONDS - 600) }, 'STALE'],
    ['of ten minutes ahead', { timestamp: String(NOW_SECONDS + 600) }, 'STALE'],
    ['of no time', { timestamp: '' }, 'STALE'],
    ['for another mini-program', { appId: 'wx-another' }, 'UNREADABLE'],
    ['in XML', { message: '<xml><MsgType>event</MsgType></xml>' }, 'UNREADABLE'],
    ['without a person', { message: { ...said, FromUserName: '' } }, 'UNREADABLE'],
    ['with an answer about nothing', { message: { ...said, List: [{}] } }, 'UNREADABLE'],
  ])('%s is refused', (_what, sent, fault) => {
    const { query, body } = pushed(sent);
    expect(faultOf(() => readerFor().read(query, body))).toBe(fault);
  });

  it.each([300, -300])('whose clock is off by %i seconds is taken', (seconds) => {
    const { query, body } = pushed({ timestamp: String(NOW_SECONDS + seconds) });
    expect(readerFor().read(query, body).openid).toBe('o-ana');
  });

  it('in secure mode is believed by the signature that covers its content alone', () => {
    const { query } = pushed();
    const other = pushed({ message: { ...said, FromUserName: 'o-bo' } });
    expect(faultOf(() => readerFor().read(query, other.body))).toBe('BAD_SIGNATURE');
    expect(faultOf(() => readerFor().read(query, Buffer.from(JSON.stringify(said))))).toBe('UNREADABLE');
  });

  it('in plain mode is read as it is', () => {
    const plain = readerFor({ WECHAT_PUSH_MODE: 'plain' });
    const { query, body } = pushed();
    expect(plain.read(query, Buffer.from(JSON.stringify(said))).openid).toBe('o-ana');
    expect(faultOf(() => plain.read(query, body))).toBe('UNREADABLE');
    expect(faultOf(() => plain.read({ ...query, signature: '' }, Buffer.from(JSON.stringify(said))))).toBe(
      'BAD_SIGNATURE',
    );
  });
});
