import { randomUUID } from 'node:crypto';
import { type AfterSaleId, ApplyingService, DecidingService, OwnCasesService } from '#after-sale';
import { newId } from '#common';
import { ParcelsService } from '#fulfilment';
import { Order, OrderLine, RefundingService } from '#orders';
import type { Buyer } from '../../../teams/buyer.js';
import { goodsOf, type Ground } from '../ground.js';
import type { Encounter, Pair } from '../pair.js';

/** One unit of something that is paid for and waits for its supplier, and all that can be done with it. */
class Sold {
  readonly #clerk = { id: newId('staff'), supplierId: null };

  constructor(
    private readonly ground: Ground,
    private readonly buyer: Buyer,
    private readonly order: Order,
    private readonly line: OrderLine,
  ) {}

  apply = () =>
    this.ground.shop.get(ApplyingService).apply(this.buyer.id, {
      ...({ orderId: this.order.id, kind: 'REFUND_ONLY', reason: 'NOT_NEEDED_ANY_MORE' } as const),
      ...{ lines: [{ lineId: this.line.id, quantity: 1 }], idempotencyKey: randomUUID() },
    });

  ship = () =>
    this.ground.shop.get(ParcelsService).ship(this.#clerk, {
      ...{
        orderId: this.order.id,
        carrier: 'YTO',
        trackingNumber: `YT${randomUUID().replaceAll('-', '').slice(0, 13)}`,
      },
      idempotencyKey: randomUUID(),
    });

  refundRest = () =>
    this.ground.shop.get(RefundingService).refundRest(this.#clerk.id, {
      ...{ orderId: this.order.id, note: '供应商缺货', idempotencyKey: randomUUID() },
    });

  approve = (afterSaleId: AfterSaleId) => () =>
    this.ground.shop
      .get(DecidingService)
      .approve(this.#clerk, { afterSaleId, reason: '已核实', idempotencyKey: randomUUID() });

  cancel = (afterSaleId: AfterSaleId) => () =>
    this.ground.shop.get(OwnCasesService).cancel(this.buyer.id, { afterSaleId, idempotencyKey: randomUUID() });
}

async function sold(
  ground: Ground,
  worksOf: (sold: Sold) => Encounter['works'] | Promise<Encounter['works']>,
): Promise<Encounter> {
  const [buyer] = await ground.buyers(1);
  const goods = goodsOf(await ground.offer({ priceMinor: 10_000 }));
  const checkout = await ground.buy(buyer!, goods);
  await ground.capture(checkout.id);
  const db = ground.shop.source.manager;
  const order = await db.findOneByOrFail(Order, { checkoutId: checkout.id });
  const line = await db.findOneByOrFail(OrderLine, { orderId: order.id });
  return { people: { buyer: buyer!.id }, goods, works: await worksOf(new Sold(ground, buyer!, order, line)) };
}

const SHIPPED = [
  'order of buyer SHIPPED hold 1 pays 10000 refunding 0 refunded 0',
  'line of buyer 1 shipped 1 cancelled 0 claimed 0 withheld 0 refunding 0 0',
  'parcel of buyer 1',
];
const ASKED = [
  'order of buyer TO_FULFIL hold 1 pays 10000 refunding 0 refunded 0',
  'line of buyer 1 shipped 0 cancelled 0 claimed 1 withheld 1 refunding 0 0',
  'case of buyer REFUND_ONLY APPLIED 10000',
];
const GIVEN_BACK = 'order of buyer TO_FULFIL hold 1 pays 10000 refunding 10000 refunded 0';

export const applyShip: Pair = {
  name: 'an order that is shipped while its buyer wants the money back',
  prepare: (ground) => sold(ground, ({ apply, ship }) => [apply, ship]),
  ends: [
    { answers: ['AfterSale', 'UnitsWithheld'], rows: ASKED },
    { answers: ['ReasonUnfit', 'Parcel'], rows: SHIPPED },
  ],
};

export const applyApply: Pair = {
  name: 'one unit that is asked back on two phones',
  prepare: (ground) => sold(ground, ({ apply }) => [apply, apply]),
  ends: [
    { answers: ['AfterSale', 'MoreThanClaimable'], rows: ASKED },
    { answers: ['MoreThanClaimable', 'AfterSale'], rows: ASKED },
  ],
};

export const approveCancel: Pair = {
  name: 'a case that is approved while its buyer gives it up',
  prepare: (ground) =>
    sold(ground, async ({ apply, approve, cancel }) => {
      const { id } = await apply();
      return [approve(id), cancel(id)];
    }),
  ends: [
    {
      answers: ['AfterSale', 'AfterSaleNotCancellable'],
      rows: [
        ...[GIVEN_BACK, 'case of buyer REFUND_ONLY REFUNDING 10000'],
        'line of buyer 1 shipped 0 cancelled 1 claimed 0 withheld 0 refunding 1 10000',
        'refund of buyer AFTER_SALE CREATED 10000',
      ],
    },
    {
      answers: ['AfterSaleDecided', 'AfterSale'],
      rows: [
        'order of buyer TO_FULFIL hold 1 pays 10000 refunding 0 refunded 0',
        'line of buyer 1 shipped 0 cancelled 0 claimed 0 withheld 0 refunding 0 0',
        'case of buyer REFUND_ONLY CANCELLED 10000',
      ],
    },
  ],
};

export const refundShip: Pair = {
  name: 'an order that is shipped while an operator gives all of it back',
  prepare: (ground) => sold(ground, ({ refundRest, ship }) => [refundRest, ship]),
  ends: [
    { answers: ['Refund', 'OrderPromisedBack'], rows: [GIVEN_BACK, 'refund of buyer OPERATOR CREATED 10000'] },
    {
      answers: ['Refund', 'Parcel'],
      rows: ['order of buyer SHIPPED hold 1 pays 10000 refunding 10000 refunded 0', 'parcel of buyer 1'],
    },
  ],
};
