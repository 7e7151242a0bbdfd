import { expect, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { In } from 'typeorm';
import { checkInvariants } from '#invariants';
import { ChannelService, Refund, RefundsService } from '#payments';
import { FormingService } from '#teams';
import { forEachOf } from '../../teams/buyer.js';
import type { Ground } from './ground.js';

/** Lets every hold and every team run out and every refund arrive, and works everything off; then all that must hold is judged. */
export async function endSoundly(ground: Ground): Promise<void> {
  const { shop } = ground;
  // The channel has never heard of these payments, so it refuses their refunds until its reports end them.
  const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  await ground.passTime();
  await shop.get(ChannelService).closeOverdue();
  await shop.get(FormingService).expire();
  for (let isOver = false; !isOver;) {
    const paidBack = await payBack(ground);
    await shop.rows("UPDATE job SET run_at = NOW(3) WHERE status = 'READY' AND repeat_seconds IS NULL");
    await shop.drain();
    isOver = paidBack === 0 && !(await isWorkLeft(ground));
  }
  warned.mockRestore();
  const { broken, skipped } = await checkInvariants(shop.source);
  expect({ broken, skipped }).toEqual({ broken: [], skipped: 0 });
}

/** Lets the channel report that all refunds which are on their way have arrived; gives how many. */
async function payBack(ground: Ground): Promise<number> {
  const refunds = await ground.shop.source.manager.findBy(Refund, { status: In(['CREATED', 'SUBMITTED']) });
  await forEachOf(refunds, async ({ id }) => ground.shop.get(RefundsService).settle(await ground.refundReport(id)));
  return refunds.length;
}

async function isWorkLeft({ shop }: Ground): Promise<boolean> {
  const left = await shop.rows("SELECT 1 FROM job WHERE status = 'READY' AND repeat_seconds IS NULL LIMIT 1");
  return left.length > 0;
}
