import { createHash, randomBytes } from 'node:crypto';
import { chineseDigits } from './clock.js';

/** The openid of a person in one mini-program: the same at every login, `o` and 27 more characters. */
export function openidOf(appId: string, person: string): string {
  return derived(`openid:${appId}:${person}`);
}

/** The unionid of a person across all apps of this shop. */
export function unionidOf(person: string): string {
  return derived(`unionid:${person}`);
}

/** The telephone number of a person, in 11 digits: made up, and the same each time. No operator has numbers that begin with 154. */
export function phoneNumberOf(person: string): string {
  const drawn = createHash('sha256').update(`phone:${person}`).digest().readUInt32BE() % 10 ** 8;
  return `154${String(drawn).padStart(8, '0')}`;
}

/** 28 digits with the Chinese day inside, as on a WeChat receipt. */
export function newTransactionId(nowMs: number): string {
  return `4200${randomDigits(6)}${chineseDigits(nowMs).slice(0, 8)}${randomDigits(10)}`;
}

/** 29 digits with the Chinese day inside. */
export function newRefundId(nowMs: number): string {
  return `5030${randomDigits(7)}${chineseDigits(nowMs).slice(0, 8)}${randomDigits(10)}`;
}

export function newPrepayId(nowMs: number): string {
  return `wx${chineseDigits(nowMs)}${randomBytes(10).toString('hex')}`;
}

/** What WeChat's support asks for: every errmsg of the mini-program API ends with one. */
export function newRid(): string {
  return [4, 4, 4].map((bytes) => randomBytes(bytes).toString('hex')).join('-');
}

export function newRequestId(): string {
  return `${randomBytes(16).toString('hex').toUpperCase()}-0`;
}

function derived(name: string): string {
  return `o${createHash('sha256').update(name).digest('base64url').slice(0, 27)}`;
}

function randomDigits(length: number): string {
  return (randomBytes(8).readBigUInt64BE() % 10n ** BigInt(length)).toString().padStart(length, '0');
}
