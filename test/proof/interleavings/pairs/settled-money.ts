import { randomUUID } from 'node:crypto';
import { newId, Transactor } from '#common';
import { ParcelsService, ReceiptsService } from '#fulfilment';
import { Order, OrderProgressService, RefundingService } from '#orders';
import { PayoutsService } from '../../../../src/payouts/payouts.service.js';
import type { Buyer } from '../../../teams/buyer.js';
import { goodsOf, type Ground } from '../ground.js';
import type { Encounter, Pair } from '../pair.js';

/** One unit that its buyer has, and all that can become of its money. */
class Kept {
  readonly #clerk = { id: newId('staff'), supplierId: null };

  constructor(
    private readonly ground: Ground,
    readonly order: Order,
  ) {}

  async receive(buyer: Buyer): Promise<void> {
    const idempotencyKey = randomUUID();
    const parcel = { orderId: this.order.id, carrier: 'YTO', trackingNumber: idempotencyKey.toUpperCase() };
    await this.ground.shop.get(ParcelsService).ship(this.#clerk, { ...parcel, idempotencyKey });
    await this.ground.shop.get(ReceiptsService).receive(buyer.id, this.order.id);
  }

  /** As the clock does with each order that is due; its sweep would take those of other encounters as well. */
  complete = () =>
    this.ground.shop.get(Transactor).run(async (db) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const order = await db.findOneOrFail(Order, { where: { id: this.order.id }, lock });
      if (order.refundingMinor === order.refundedMinor)
        await this.ground.shop.get(OrderProgressService).complete(db, order);
    });

  refund = () =>
    this.ground.shop.get(RefundingService).refundPart(this.#clerk.id, {
      ...{ orderId: this.order.id, amountMinor: 2_500, note: '坏果包赔', idempotencyKey: randomUUID() },
    });

  payOut = () =>
    this.ground.shop.get(PayoutsService).propose(this.#clerk.id, {
      ...{ supplierId: this.order.supplierId, amountMinor: 10_000, reason: '月结货款', idempotencyKey: randomUUID() },
    });
}

async function kept(
  ground: Ground,
  worksOf: (kept: Kept) => Encounter['works'] | Promise<Encounter['works']>,
): Promise<Encounter> {
  const [buyer] = await ground.buyers(1);
  const goods = goodsOf(await ground.offer({ priceMinor: 10_000, supplier: `供应商${randomUUID().slice(0, 8)}` }));
  const checkout = await ground.buy(buyer!, goods);
  await ground.capture(checkout.id);
  const order = await ground.shop.source.manager.findOneByOrFail(Order, { checkoutId: checkout.id });
  const one = new Kept(ground, order);
  await one.receive(buyer!);
  return { people: { buyer: buyer!.id }, goods, works: await worksOf(one) };
}

export const completeRefund: Pair = {
  name: 'an order that is completed while an operator gives back a part of it',
  prepare: (ground) => kept(ground, ({ complete, refund }) => [complete, refund]),
  ends: [
    {
      answers: ['nothing', 'Refund'],
      rows: [
        'order of buyer COMPLETED hold 1 pays 10000 refunding 2500 refunded 0',
        'transfer SETTLEMENT SETTLEMENT 10000',
        'transfer SETTLEMENT_RETURN SETTLEMENT_RETURN 2500',
      ],
    },
    {
      answers: ['nothing', 'Refund'],
      rows: ['order of buyer RECEIVED hold 1 pays 10000 refunding 2500 refunded 0'],
    },
  ],
};

export const payRefund: Pair = {
  name: 'all that a supplier is owed is paid out while some of it goes back',
  prepare: (ground) =>
    kept(ground, async ({ complete, refund, payOut }) => {
      await complete();
      return [payOut, refund];
    }),
  ends: [
    {
      answers: ['Payout', 'Refund'],
      rows: ['transfer PAYOUT PAYOUT 10000', 'transfer SETTLEMENT_RETURN SETTLEMENT_RETURN 2500'],
    },
    { answers: ['PayoutTooLarge', 'Refund'], rows: ['transfer SETTLEMENT_RETURN SETTLEMENT_RETURN 2500'] },
  ],
};

export const payPay: Pair = {
  name: 'all that a supplier is owed is proposed to be paid out twice',
  prepare: (ground) =>
    kept(ground, async ({ complete, payOut }) => {
      await complete();
      return [payOut, payOut];
    }),
  ends: [
    { answers: ['Payout', 'PayoutOpen'], rows: ['transfer PAYOUT PAYOUT 10000'] },
    { answers: ['PayoutOpen', 'Payout'], rows: ['transfer PAYOUT PAYOUT 10000'] },
  ],
};
