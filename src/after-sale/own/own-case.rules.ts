import type { Refusal } from '#common';
import type { AfterSale, AfterSaleStatus } from '../cases/after-sale.entity.js';
import { AfterSaleNotAppealable, AfterSaleNotCancellable, AfterSaleNotReturnable } from '../cases/step.refusals.js';

/** Neither goods nor money are on their way yet. */
const CANCELLABLE: readonly AfterSaleStatus[] = ['APPLIED', 'APPROVED', 'APPEALED'];

/** Whether a buyer can give a case up; null if so. Goods that came back before an appeal are the seller's to send, so it goes on. */
export function mayCancel({ status, sentAt }: Pick<AfterSale, 'status' | 'sentAt'>): Refusal | null {
  return CANCELLABLE.includes(status) && sentAt === null ? null : new AfterSaleNotCancellable(status);
}

/** Whether a buyer can send goods back; null if so. */
export function maySend({ status }: Pick<AfterSale, 'status'>): Refusal | null {
  return status === 'APPROVED' ? null : new AfterSaleNotReturnable(status);
}

/** Whether a buyer can appeal; null if so. */
export function mayAppeal(
  { status, isAppealed, dueAt }: Pick<AfterSale, 'status' | 'isAppealed' | 'dueAt'>,
  now: Date,
): Refusal | null {
  const isInTime = dueAt !== null && now < dueAt;
  return status === 'REJECTED' && !isAppealed && isInTime ? null : new AfterSaleNotAppealable(status);
}
