import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { MachineClock, move, secondsAfter, Transactor } from '#common';
import { IdentityService, keepsAccount } from '#identity';
import type { Outcome } from '#jobs';
import { Checkout } from '#orders';
import { PaymentsService } from '#payments';
import { ChannelError, refusalCode, type Shipping, ShippingClient } from '#wechat';
import { ShippingUpload, type ShippingUploadId, type ShippingUploadStatus } from './shipping-upload.entity.js';
import { UploadContents } from './upload.contents.js';
import { CORRECTED, isHopeless, modeOf, nextSentAt, nextTryAt, uploadLife, verdictOn } from './upload.rules.js';

const LOCK = { mode: 'pessimistic_write' } as const;
const PROBLEM_CHARACTERS_MAX = 255;
/** A reminder waits until WeChat knows of the parcels. */
const REMIND_AGAIN_SECONDS = 60;

/** What WeChat is about to be told, and of which revision it is. */
interface Intent {
  readonly revision: number;
  readonly shipping: Shipping;
}

/** Tells WeChat what has been shipped. No transaction is open while we wait for it. */
@Injectable()
export class UploadDriver {
  readonly #logger = new Logger(UploadDriver.name);

  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly machine: MachineClock,
    private readonly identity: IdentityService,
    private readonly payments: PaymentsService,
    private readonly contents: UploadContents,
    private readonly wechat: ShippingClient,
  ) {}

  /** Uploads what has been shipped for a payment so far; what goes wrong is tried again by a plan, or left to operators. */
  async drive(id: ShippingUploadId): Promise<Outcome> {
    const intent = await this.transactor.run((db) => this.#intend(db, id));
    if (!intent) return 'done';
    try {
      await this.wechat.upload(intent.shipping);
      return await this.#conclude(id, intent);
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      return this.#fail(id, intent, error);
    }
  }

  /** Has WeChat remind the buyer of a payment, of whose parcels it knows by then; once. */
  async remind(id: ShippingUploadId): Promise<Outcome> {
    const db = this.source.manager;
    const { status, checkoutId, remindedAt } = await db.findOneByOrFail(ShippingUpload, { id });
    const now = this.machine.now();
    if (remindedAt || status === 'STUCK' || status === 'CLOSED') return 'done';
    if (status === 'PENDING') return { snoozeUntil: secondsAfter(now, REMIND_AGAIN_SECONDS) };
    const { transactionId } = await this.payments.captureOf(db, checkoutId);
    try {
      await this.wechat.remind(transactionId, now);
    } catch (error) {
      const isRefused = error instanceof ChannelError && !error.isRetryable;
      if (!isRefused) throw error;
      this.#logger.warn(`no reminder for ${id}: ${error.message}`); // A courtesy: the receipt comes by the clock as well.
    }
    await db.update(ShippingUpload, { id }, { remindedAt: now });
    return 'done';
  }

  /** Writes down when it is told and how, so that the next attempt has a later time, and gathers what to tell. */
  async #intend(db: EntityManager, id: ShippingUploadId): Promise<Intent | null> {
    const upload = await db.findOneOrFail(ShippingUpload, { where: { id }, lock: LOCK });
    if (upload.status !== 'PENDING') return null;
    const { buyerId } = await db.findOneByOrFail(Checkout, { id: upload.checkoutId });
    if (!(await keepsAccount(db, buyerId))) {
      await this.#end(db, upload, 'CLOSED', 'the buyer has erased the account');
      return null;
    }
    const { parcels, isAllDelivered, isGivenBack } = await this.contents.of(db, upload.checkoutId);
    if (isGivenBack) {
      await this.#end(db, upload, 'CLOSED', 'all of the payment was given back');
      return null;
    }
    const { transactionId } = await this.payments.captureOf(db, upload.checkoutId);
    const mode = modeOf(upload, { parcels: parcels.length, isAllDelivered });
    const sentAt = nextSentAt(upload, this.machine.now());
    await db.update(ShippingUpload, { id }, { mode, sentAt });
    const openid = await this.identity.openidOf(db, buyerId);
    return {
      revision: upload.revision,
      shipping: { transactionId, mode, isAllDelivered, parcels, openid, uploadedAt: sentAt },
    };
  }

  /** WeChat knows; how often it takes the shipping as finished it is asked, because an answer may have been lost before. */
  async #conclude(id: ShippingUploadId, { revision, shipping }: Intent): Promise<Outcome> {
    const { isAllDelivered, transactionId, parcels, uploadedAt } = shipping;
    const finishShippingCount = isAllDelivered ? (await this.wechat.ask(transactionId)).finishedCount : 0;
    await this.transactor.run(async (db) => {
      const upload = await db.findOneOrFail(ShippingUpload, { where: { id }, lock: LOCK });
      const known = { uploadedAt, finishShippingCount, parcelsUploaded: parcels.length };
      const isNewest = upload.status === 'PENDING' && upload.revision === revision;
      // Of what has changed meanwhile another job tells.
      if (!isNewest) await db.update(ShippingUpload, { id }, known);
      else await move(db, ShippingUpload, uploadLife, upload, 'UPLOADED', { ...known, failures: 0, problem: null });
    });
    return 'done';
  }

  async #fail(id: ShippingUploadId, intent: Intent, error: ChannelError): Promise<Outcome> {
    const verdict = verdictOn({ code: refusalCode(error) ?? error.code, isRetryable: error.isRetryable });
    if (verdict === 'KNOWN') return this.#conclude(id, intent);
    return this.transactor.run(async (db) => {
      const upload = await db.findOneOrFail(ShippingUpload, { where: { id }, lock: LOCK });
      if (upload.status !== 'PENDING') return 'done';
      if (verdict === 'OVER') {
        const corrected = error.code === CORRECTED ? { finishShippingCount: 2 } : {};
        await this.#end(db, upload, 'CLOSED', error.message, corrected);
        return 'done';
      }
      const failures = upload.failures + 1;
      if (verdict === 'STUCK' || isHopeless(failures)) {
        await this.#end(db, upload, 'STUCK', error.message, { failures });
        return 'done';
      }
      await db.update(ShippingUpload, { id }, { failures, problem: brief(error.message) });
      return { snoozeUntil: nextTryAt(failures, this.machine.now()) };
    });
  }

  async #end(
    db: EntityManager,
    upload: ShippingUpload,
    status: Extract<ShippingUploadStatus, 'STUCK' | 'CLOSED'>,
    problem: string,
    set: Partial<ShippingUpload> = {},
  ): Promise<void> {
    await move(db, ShippingUpload, uploadLife, upload, status, { ...set, problem: brief(problem) });
    if (status === 'STUCK') this.#logger.error(`${upload.id} is STUCK, an operator must act: ${problem}`);
  }
}

function brief(problem: string): string {
  return [...problem].slice(0, PROBLEM_CHARACTERS_MAX).join('');
}
