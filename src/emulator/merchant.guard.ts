import { createPublicKey, type KeyObject } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { SECOND_MS } from './clock.js';
import { isRequestSigned, readClaim } from './crypto.js';
import { badHeader, payErrors } from './errors.js';
import type { Settings } from './options.js';
import type { PayKeys } from './pay.keys.js';

const SKEW_MS_MAX = 300 * SECOND_MS;

/** Lets in only what our merchant signed, lately, and for the first time. Machine time throughout. */
export class MerchantGuard {
  readonly #key: KeyObject;
  /** When each nonce was first seen, oldest first. */
  readonly #nonces = new Map<string, number>();

  constructor(
    private readonly settings: Settings,
    private readonly keys: PayKeys,
  ) {
    this.#key = createPublicKey(settings.mchPublicKey);
  }

  /** @throws PayError SIGN_ERROR, or PARAM_ERROR if the caller names a key that is not ours */
  check({ method, originalUrl, headers, body }: FastifyRequest): void {
    const claim = readClaim(headers.authorization);
    if (!claim) throw payErrors.signature('Authorization 不完整或认证类型不正确');
    if (claim.mchId !== this.settings.mchId) throw payErrors.signature('商户号不正确');
    if (claim.serialNo !== this.settings.mchSerialNo) throw payErrors.signature('商户证书序列号不正确');
    if (!(Math.abs(Date.now() - Number(claim.timestamp) * SECOND_MS) <= SKEW_MS_MAX)) {
      throw payErrors.signature('时间戳已过期');
    }
    const bytes = typeof body === 'string' ? body : '';
    if (!isRequestSigned(this.#key, claim, method, originalUrl, bytes)) throw payErrors.signature('签名验证失败');
    if (this.#isReplayed(`${claim.timestamp}:${claim.nonce}`)) throw payErrors.signature('请求随机串重复');

    const serial = serialOf({ headers });
    if (serial !== undefined && !this.keys.named(serial)) {
      throw badHeader('Wechatpay-Serial', serial, 'is none of our keys');
    }
  }

  /** A timestamp is good for 300 s on either side of now, so after 600 s the timestamp alone refuses a replay. */
  #isReplayed(nonce: string): boolean {
    const nowMs = Date.now();
    for (const [old, seenAtMs] of this.#nonces) {
      if (nowMs - seenAtMs <= 2 * SKEW_MS_MAX) break;
      this.#nonces.delete(old);
    }
    if (this.#nonces.has(nonce)) return true;
    this.#nonces.set(nonce, nowMs);
    return false;
  }
}

/** The key of ours that a caller names: the one to answer under, or the one that fields are encrypted for. */
export function serialOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const serial = headers['wechatpay-serial'];
  return typeof serial === 'string' ? serial : undefined;
}
