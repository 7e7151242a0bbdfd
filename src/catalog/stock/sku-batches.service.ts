import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { badInput, BusinessTime, isDuplicate, newId, refuse } from '#common';
import type { SkuId } from '../products/sku.entity.js';
import { SkuBatch } from './sku-batch.entity.js';
import type { SkuBatchInput } from './sku-batch.inputs.js';
import { BatchDatesDiffer } from './sku-batch.refusals.js';

type Named = Pick<SkuBatch, 'skuId' | 'number'>;

/** Which batches of a SKU have come in. */
@Injectable()
export class SkuBatchesService {
  constructor(private readonly businessTime: BusinessTime) {}

  /**
   * Notes that goods of a batch have come in, as part of the caller's transaction. What is said of its days is kept from the first time on which it is.
   *
   * @throws Refused with BatchDatesDiffer; RequestError BAD_USER_INPUT if it is over before it was made
   */
  async note(
    db: EntityManager,
    skuId: SkuId,
    { number, producedOn = null, expiresOn = null }: SkuBatchInput,
  ): Promise<void> {
    if (producedOn !== null && expiresOn !== null && expiresOn < producedOn)
      throw badInput({
        path: 'input.batch.expiresOn',
        texts: { zh: '不能早于生产日期。', en: 'Must not be before the day on which it was made.' },
      });
    const receivedAt = await this.businessTime.read(db);
    const batch = await insertOrLock(db, { id: newId('batch'), skuId, number, producedOn, expiresOn, receivedAt });
    const known = { producedOn: batch.producedOn ?? producedOn, expiresOn: batch.expiresOn ?? expiresOn };
    if (known.producedOn !== (producedOn ?? known.producedOn) || known.expiresOn !== (expiresOn ?? known.expiresOn))
      refuse(new BatchDatesDiffer(batch));
    if (known.producedOn !== batch.producedOn || known.expiresOn !== batch.expiresOn)
      await db.update(SkuBatch, { id: batch.id }, known);
  }

  /** Those of some batches that have come in. */
  async known(db: EntityManager, named: readonly Named[]): Promise<SkuBatch[]> {
    return named.length === 0
      ? []
      : db.findBy(
          SkuBatch,
          named.map(({ skuId, number }) => ({ skuId, number })),
        );
  }
}

/** The batch, new or as it is known, which nobody else changes until the transaction ends. */
async function insertOrLock(db: EntityManager, batch: SkuBatch): Promise<SkuBatch> {
  try {
    await db.insert(SkuBatch, batch);
    return batch;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const where = { skuId: batch.skuId, number: batch.number };
  return db.findOneOrFail(SkuBatch, { where, lock: { mode: 'pessimistic_write' } });
}
