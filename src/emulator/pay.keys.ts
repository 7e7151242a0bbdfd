import assert from 'node:assert/strict';
import { type Certificates, CERTIFICATE_LIFE_MS } from './certificates.js';
import { SigningKey } from './crypto.js';
import type { Settings } from './options.js';

/**
 * What WeChat Pay signs with, as far as the merchant has come: its public key, its certificates, or while the merchant
 * migrates from one to the other both.
 */
export class PayKeys {
  readonly #publicKey: SigningKey;
  #notices = 0;

  constructor(
    private readonly settings: Settings,
    private readonly certificates: Certificates,
  ) {
    this.#publicKey = new SigningKey(settings.privateKey, settings.payPublicKeyId);
  }

  /** Whether there are certificates to download. */
  get hasCertificates(): boolean {
    return this.settings.payKeyMode !== 'public-key';
  }

  /** Makes the first certificate if one is needed and the journal holds none that is valid. */
  async open(): Promise<void> {
    const isMissing = this.hasCertificates && this.certificates.valid().length === 0;
    if (isMissing) await this.certificates.add({ lifeMs: CERTIFICATE_LIFE_MS, signs: true });
  }

  /** The key that a merchant may name in `Wechatpay-Serial`. */
  named(serial: string): SigningKey | undefined {
    if (serial === this.settings.payPublicKeyId) {
      return this.settings.payKeyMode === 'certificate' ? undefined : this.#publicKey;
    }
    return this.hasCertificates ? this.certificates.key(serial) : undefined;
  }

  /** A merchant who names the public key is answered under it; any other under whatever is in use. */
  forReply(serial: string | undefined): SigningKey {
    const isPublic = this.settings.payKeyMode === 'public-key' || this.named(serial ?? '') === this.#publicKey;
    return isPublic ? this.#publicKey : this.#certified();
  }

  /** During a migration the one and the other by turns, so that a merchant meets both. */
  forNotice(): SigningKey {
    this.#notices += 1;
    if (this.settings.payKeyMode === 'both' && this.#notices % 2 === 0) return this.#publicKey;
    return this.forReply(undefined);
  }

  #certified(): SigningKey {
    const key = this.certificates.signing();
    assert(key, 'the first certificate is made before the first request is read');
    return key;
  }
}
