import { randomUUID } from 'node:crypto';
import { type BulkActId, BulkActsService } from '#audit';
import { StaffAccountsService, type StaffId } from '#identity';
import { Order } from '#orders';
import { BulkRefunds } from '../../../../src/orders/refunding/bulk-refunds.js';
import { BY_TEST } from '../../../support/desk.js';
import { goodsOf, type Ground } from '../ground.js';
import type { Encounter, Pair } from '../pair.js';

const SPARED = 'order of buyer TO_FULFIL hold 1 pays 10000 refunding 0 refunded 0';

interface Deciding {
  readonly acts: BulkActsService;
  readonly bulkActId: BulkActId;
  readonly proposer: StaffId;
  readonly approvers: readonly [StaffId, StaffId];
}

async function operator({ shop }: Ground): Promise<StaffId> {
  const who = { loginName: `k${randomUUID().slice(0, 13)}`, displayName: '金' };
  return (await shop.get(StaffAccountsService).add(who, ['FINANCE'], BY_TEST)).staff.id;
}

/** A refund of one order, proposed, and three operators who may decide about it in their ways. */
async function proposal(ground: Ground, worksOf: (deciding: Deciding) => Encounter['works']): Promise<Encounter> {
  const [buyer] = await ground.buyers(1);
  const [proposer, ...approvers] = [await operator(ground), await operator(ground), await operator(ground)] as const;
  const checkout = await ground.buy(buyer!, goodsOf(await ground.offer({ priceMinor: 10_000 })));
  await ground.capture(checkout.id);
  const { id } = await ground.shop.source.manager.findOneByOrFail(Order, { checkoutId: checkout.id });
  const input = { orderIds: [id], note: '供应商停产', idempotencyKey: randomUUID() };
  const { id: bulkActId } = await ground.shop.get(BulkRefunds).propose(proposer, input);
  const people = { buyer: buyer!.id, proposer, first: approvers[0], second: approvers[1] };
  return {
    people,
    goods: null,
    works: worksOf({ acts: ground.shop.get(BulkActsService), bulkActId, proposer, approvers }),
  };
}

const approval =
  ({ acts, bulkActId }: Deciding, by: StaffId) =>
  () =>
    acts.approve(by, { bulkActId, reason: '已核实', idempotencyKey: randomUUID() });

const APPROVED = {
  rows: ['bulk act of proposer APPROVED 0', SPARED, 'act audit.bulkActApproved', 'job audit.workOffBulkAct READY'],
};

export const approveApprove: Pair = {
  name: 'a bulk act that two operators approve',
  prepare: (ground) =>
    proposal(ground, (deciding) => [
      approval(deciding, deciding.approvers[0]),
      approval(deciding, deciding.approvers[1]),
    ]),
  ends: [
    { answers: ['BulkAct', 'BulkActDecided'], ...APPROVED },
    { answers: ['BulkActDecided', 'BulkAct'], ...APPROVED },
  ],
};

export const approveWithdraw: Pair = {
  name: 'a bulk act that is approved while it is taken back',
  prepare: (ground) =>
    proposal(ground, (deciding) => [
      approval(deciding, deciding.approvers[0]),
      () => deciding.acts.withdraw(deciding.proposer, { bulkActId: deciding.bulkActId, reason: '不再需要' }),
    ]),
  ends: [
    { answers: ['BulkAct', 'BulkActDecided'], ...APPROVED },
    {
      answers: ['BulkActDecided', 'BulkAct'],
      rows: ['bulk act of proposer WITHDRAWN 0', SPARED, 'act audit.bulkActWithdrawn'],
    },
  ],
};
