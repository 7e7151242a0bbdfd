import { type KeyObject, X509Certificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MachineClock } from '#common';
import { badSignature, ChannelError } from './channel.error.js';
import { Credentials } from './credentials.js';
import { decryptResource, SignatureRejected, verifySignature } from './crypto.js';
import { type HttpReply, readFailure, readReply } from './http.js';
import { PayTransport } from './pay.transport.js';
import { Malformed, readEncrypted, type Reader } from './reader.js';

/** A key that the channel signs with for a time. */
export interface PlatformCertificate {
  readonly serialNo: string;
  readonly key: KeyObject;
  readonly effectiveAt: Date;
  readonly expiresAt: Date;
}

@Injectable()
export class CertificatesClient {
  constructor(
    private readonly credentials: Credentials,
    private readonly clock: MachineClock,
    private readonly transport: PayTransport,
  ) {}

  /**
   * The certificates that the channel signs with now, several while it changes from one to the next.
   *
   * The reply is signed with one of the certificates inside it, so what makes it trustworthy is the API v3 key, which only the
   * channel and we have and under which each certificate is sealed. The channel's own clients do the same
   * (wechatpay-go, `core/downloader`; wechatpay-java, `RSAAutoCertificateConfig`).
   *
   * @throws ChannelError, BAD_REPLY also for a certificate that our API v3 key does not open
   */
  async download(): Promise<readonly PlatformCertificate[]> {
    const reply = await this.transport.send({ method: 'GET', path: '/v3/certificates' });
    if (reply.httpStatus !== 200) {
      const { code, message } = readReply(reply, readFailure);
      throw new ChannelError(reply, { code, outcome: 'UNKNOWN', detail: message });
    }
    const certificates = readReply(reply, (fields) => fields.list('data').map((entry) => this.open(entry)));
    this.verify(reply, certificates);
    return certificates;
  }

  private open(entry: Reader): PlatformCertificate {
    const serialNo = entry.text('serial_no');
    const pem = readEncrypted(entry.object('encrypt_certificate'), (encrypted) =>
      decryptResource(this.credentials.apiV3Key, encrypted),
    );
    const certificate = certificateOf(pem);
    if (certificate.serialNumber !== serialNo) throw new Malformed('serial_no is not that of the certificate');
    if (certificate.publicKey.asymmetricKeyType !== 'rsa') throw new Malformed('the certificate holds no RSA key');
    return {
      serialNo,
      key: certificate.publicKey,
      effectiveAt: entry.instant('effective_time'),
      expiresAt: entry.instant('expire_time'),
    };
  }

  private verify(reply: HttpReply, certificates: readonly PlatformCertificate[]): void {
    const keys = new Map(certificates.map(({ serialNo, key }) => [serialNo, key]));
    try {
      verifySignature(keys, reply.headers, reply.body, this.clock.now());
    } catch (cause) {
      throw cause instanceof SignatureRejected ? badSignature(reply, cause) : cause;
    }
  }
}

function certificateOf(pem: Buffer): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new Malformed('encrypt_certificate holds no certificate', { cause });
  }
}
