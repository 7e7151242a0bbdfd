import type { KeyObject } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { MachineClock, secondsAfter } from '#common';
import { CertificatesClient, type PlatformCertificate } from './certificates.client.js';
import { ChannelError } from './channel.error.js';
import { Credentials } from './credentials.js';
import { type ReceivedHeaders, SignatureRejected, verifySignature } from './crypto.js';

/** The channel asks for twelve hours at most; the rest is for attempts that fail. */
const REFRESH_SECONDS = 11 * 3_600;
/** After a failure, and the least time between two downloads for serial numbers that we do not know. */
const RETRY_SECONDS = 60;

export interface ChannelKey {
  /** As it stands in `Wechatpay-Serial`. */
  readonly id: string;
  readonly key: KeyObject;
}

/**
 * The keys that the channel signs with, and that we encrypt for: its public key, its certificates, or during a migration both.
 * Certificates are downloaded at start, every half day, and when a message names one that we do not have.
 */
@Injectable()
export class ChannelKeys implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ChannelKeys.name);
  private certificates: readonly PlatformCertificate[] = [];
  private pending: Promise<void> | null = null;
  /** Before this instant no unknown serial number makes us download again. */
  private askableAt = new Date(0);
  private dueAt = new Date(0);
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly credentials: Credentials,
    private readonly clock: MachineClock,
    private readonly client: CertificatesClient,
  ) {}

  /** A channel that cannot be reached does not keep the server from starting: it is asked again every minute. */
  async onApplicationBootstrap(): Promise<void> {
    if (this.credentials.keyMode === 'public-key') return;
    await this.refreshIfDue();
    this.timer = setInterval(() => void this.refreshIfDue(), RETRY_SECONDS * 1_000).unref();
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** Downloads the certificates if the last ones are half a day old; says in the log if it cannot. */
  async refreshIfDue(): Promise<void> {
    if (this.clock.now() >= this.dueAt) await this.tryRefresh();
  }

  /**
   * Returns if the channel signed exactly these bytes within the last five minutes, with a key that has not expired.
   *
   * @param rawBody the bytes as received
   * @throws SignatureRejected in every other case
   */
  async verify(headers: ReceivedHeaders, rawBody: Buffer): Promise<void> {
    try {
      verifySignature(this.known(), headers, rawBody, this.clock.now());
    } catch (error) {
      const isUnknownKey = error instanceof SignatureRejected && error.fault === 'UNKNOWN_KEY';
      if (!isUnknownKey || !(await this.mayKnowMoreNow())) throw error;
      verifySignature(this.known(), headers, rawBody, this.clock.now());
    }
  }

  /**
   * What to encrypt personal fields with: the public key, or in certificate mode the newest certificate.
   *
   * @throws ChannelError when there is no certificate and none can be had
   */
  async forEncryption(): Promise<ChannelKey> {
    const { keyMode, channelKey } = this.credentials;
    if (keyMode === 'public-key' && channelKey) return channelKey;
    if (!this.newest()) await this.refresh();
    const newest = this.newest();
    if (newest) return { id: newest.serialNo, key: newest.key };
    const exchange = { call: 'GET /v3/certificates', httpStatus: 200, requestId: null };
    throw new ChannelError(exchange, { code: 'BAD_REPLY', outcome: 'UNKNOWN', detail: 'no certificate is in effect' });
  }

  private known(): ReadonlyMap<string, KeyObject> {
    const { channelKey } = this.credentials;
    const valid = this.valid().map(({ serialNo, key }) => [serialNo, key] as const);
    return new Map([...valid, ...(channelKey ? [[channelKey.id, channelKey.key] as const] : [])]);
  }

  private valid(): readonly PlatformCertificate[] {
    const now = this.clock.now();
    return this.certificates.filter(({ expiresAt }) => now < expiresAt);
  }

  private newest(): PlatformCertificate | undefined {
    const now = this.clock.now();
    return this.valid()
      .filter(({ effectiveAt }) => effectiveAt <= now)
      .toSorted((one, other) => other.effectiveAt.getTime() - one.effectiveAt.getTime())[0];
  }

  /** Whoever sends us made-up serial numbers makes us ask the channel once a minute, and no more. */
  private async mayKnowMoreNow(): Promise<boolean> {
    if (this.credentials.keyMode === 'public-key') return false;
    const now = this.clock.now();
    if (!this.pending) {
      if (now < this.askableAt) return false;
      this.askableAt = secondsAfter(now, RETRY_SECONDS);
    }
    return this.tryRefresh();
  }

  private async tryRefresh(): Promise<boolean> {
    try {
      await this.refresh();
      return true;
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      this.logger.error(`the channel's certificates cannot be downloaded: ${error.message}`);
      return false;
    }
  }

  /** One download at a time, shared by all who need it. */
  private refresh(): Promise<void> {
    this.pending ??= this.download().finally(() => {
      this.pending = null;
    });
    return this.pending;
  }

  private async download(): Promise<void> {
    const askedAt = this.clock.now();
    this.dueAt = secondsAfter(askedAt, RETRY_SECONDS);
    this.certificates = await this.client.download();
    this.dueAt = secondsAfter(askedAt, REFRESH_SECONDS);
  }
}
