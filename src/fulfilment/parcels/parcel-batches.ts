import type { EntityManager } from 'typeorm';
import { BatchUnknown, type SkuBatchesService, type SkuBatchId } from '#catalog';
import { refuse } from '#common';
import type { LineId, OrderLine } from '#orders';
import type { ParcelLineInput } from './parcel.inputs.js';

/**
 * The batches that are named of what is in a parcel, by line.
 *
 * @throws Refused with BatchUnknown for the first that has not come in
 */
export async function batchesOf(
  db: EntityManager,
  batches: SkuBatchesService,
  lines: readonly OrderLine[],
  asked: readonly ParcelLineInput[],
): Promise<ReadonlyMap<LineId, SkuBatchId>> {
  const skus = new Map(lines.map(({ id, skuId }) => [id, skuId]));
  const named = asked.flatMap(({ lineId, batchNumber }) => {
    const skuId = skus.get(lineId);
    return batchNumber && skuId ? [{ lineId, skuId, number: batchNumber }] : [];
  });
  const known = await batches.known(db, named);
  return new Map(
    named.map(({ lineId, skuId, number }) => {
      const batch = known.find((one) => one.skuId === skuId && one.number === number);
      return [lineId, batch?.id ?? refuse(new BatchUnknown(number))];
    }),
  );
}
