import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { BusinessTime, Idempotency, orRefuse, Vault } from '#common';
import { mayTrack } from '#fulfilment';
import type { UserId } from '#identity';
import { AFTER_SALE_SEALS, AfterSale } from '../cases/after-sale.entity.js';
import { CaseBook } from '../cases/case-book.js';
import type { AfterSaleAppealInput, AfterSaleCancelInput, AfterSaleReturnSendInput } from './own-case.inputs.js';
import { mayAppeal, mayCancel, maySend } from './own-case.rules.js';

/** What buyers do with cases of their own. */
@Injectable()
export class OwnCasesService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly businessTime: BusinessTime,
    private readonly vault: Vault,
    private readonly book: CaseBook,
  ) {}

  /**
   * Gives a case up.
   *
   * @throws RequestError NOT_FOUND if it is none of the buyer's own; Refused with AfterSaleNotCancellable
   */
  cancel(buyerId: UserId, input: AfterSaleCancelInput): Promise<AfterSale> {
    return this.#act(buyerId, input, async (db, row) => {
      orRefuse(mayCancel(row));
      await this.book.move(db, row, 'CANCELLED', { actor: 'BUYER' });
    });
  }

  /**
   * Notes by whom and under which number the goods are on their way back.
   *
   * @throws as `cancel`; Refused with AfterSaleNotReturnable, CarrierUnknown or TrackingNumberUnfit
   */
  send(buyerId: UserId, input: AfterSaleReturnSendInput): Promise<AfterSale> {
    return this.#act(buyerId, input, async (db, row) => {
      orRefuse(maySend(row));
      orRefuse(mayTrack(input));
      const trackingNumber = this.vault.seal(AFTER_SALE_SEALS.trackingNumber, row.id, input.trackingNumber);
      const sentAt = await this.businessTime.read(db);
      await this.book.move(
        db,
        row,
        'RETURNING',
        { actor: 'BUYER' },
        { carrier: input.carrier, trackingNumber, sentAt },
      );
    });
  }

  /**
   * Asks the shop to decide on a case that was refused.
   *
   * @throws as `cancel`; Refused with AfterSaleNotAppealable
   */
  appeal(buyerId: UserId, input: AfterSaleAppealInput): Promise<AfterSale> {
    return this.#act(buyerId, input, async (db, row) => {
      orRefuse(mayAppeal(row, await this.businessTime.read(db)));
      await this.book.move(db, row, 'APPEALED', { actor: 'BUYER', note: input.note ?? null }, { isAppealed: true });
    });
  }

  #act(
    buyerId: UserId,
    input: AfterSaleCancelInput,
    work: (db: EntityManager, row: AfterSale) => Promise<void>,
  ): Promise<AfterSale> {
    const { afterSaleId, idempotencyKey: key } = input;
    const attempt = { actorId: buyerId, key, input, resultId: afterSaleId };
    return this.idempotency.once(AfterSale, attempt, async (db) => {
      const { row } = await this.book.lock(db, afterSaleId, { buyerId });
      await work(db, row);
      return row;
    });
  }
}
