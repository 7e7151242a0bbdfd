import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { DAY_MS } from './clock.js';
import { SigningKey } from './crypto.js';
import type { Store, Table } from './store.js';
import { selfSigned } from './x509.js';

/** Five years, as WeChat Pay's platform certificates live. */
export const CERTIFICATE_LIFE_MS = 5 * 365 * DAY_MS;

/** A key pair that signs as WeChat Pay for a time, in machine time because signatures live there. */
export interface PlatformCertificate {
  readonly serialNo: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly effectiveAtMs: number;
  readonly expiresAtMs: number;
  /** A certificate may be shown to merchants for a while before it signs. */
  readonly signs: boolean;
}

/** The platform certificates: made as they are needed, and kept in the journal, so that a merchant who knows one need not learn another. */
export class Certificates {
  readonly #rows: Table<PlatformCertificate>;
  readonly #keys = new Map<string, SigningKey>();

  constructor(store: Store) {
    this.#rows = store.table('platform_certificates', ({ serialNo, privateKeyPem }) => {
      if (!this.#keys.has(serialNo)) this.#keys.set(serialNo, new SigningKey(privateKeyPem, serialNo));
    });
  }

  /** Those that have not expired, oldest first. */
  valid(): readonly PlatformCertificate[] {
    return Array.from(this.#rows.values()).filter(({ expiresAtMs }) => Date.now() < expiresAtMs);
  }

  /** The key of a certificate that is still valid. */
  key(serialNo: string): SigningKey | undefined {
    return this.valid().some((one) => one.serialNo === serialNo) ? this.#keys.get(serialNo) : undefined;
  }

  /** The newest key that signs, even if it has expired meanwhile; nothing if no certificate was ever made. */
  signing(): SigningKey | undefined {
    const newest = Array.from(this.#rows.values()).findLast(({ signs }) => signs);
    return newest && this.#keys.get(newest.serialNo);
  }

  /** Makes a certificate that is valid from now on. */
  async add({ lifeMs, signs }: { readonly lifeMs: number; readonly signs: boolean }): Promise<PlatformCertificate> {
    const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2_048 });
    const effectiveAtMs = Date.now();
    const terms = {
      serialNo: newSerialNo(),
      commonName: 'Emulated WeChat Pay',
      effectiveAtMs,
      expiresAtMs: effectiveAtMs + lifeMs,
    };
    const row: PlatformCertificate = {
      serialNo: terms.serialNo,
      certificatePem: selfSigned(terms, privateKey, publicKey),
      privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      effectiveAtMs,
      expiresAtMs: terms.expiresAtMs,
      signs,
    };
    this.#rows.put(row.serialNo, row);
    return row;
  }
}

/** 160 bits, as the real ones have; the first digit keeps the integer positive and of full length. */
function newSerialNo(): string {
  return `5${randomBytes(20).toString('hex').slice(1)}`.toUpperCase();
}
