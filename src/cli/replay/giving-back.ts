import { ApplyingService, DecidingService, OwnCasesService } from '#after-sale';
import { type Id, idFromBytes, idSuffix, newId, secondsAfter } from '#common';
import { workOff } from './at-once.js';
import { settleAll, UNTIL_PAID } from './draining.js';
import type { Returned } from './returns.js';
import type { Shipping } from './shipping.js';

export interface GivingBack extends Shipping {
  readonly returned: readonly Returned[];
  /** By the line of the sale. */
  readonly orderIds: ReadonlyMap<number, string>;
}

interface Row {
  readonly id: Buffer;
  readonly buyer_id: Buffer;
  readonly supplier_id: Buffer;
  readonly line_id: Buffer;
}

/** A case of the replay: who asks whom for what. */
interface Case {
  readonly buyerId: Id<'user'>;
  readonly seller: { readonly id: Id<'staff'>; readonly supplierId: Id<'supplier'> };
  readonly orderId: Id<'order'>;
  readonly lines: { lineId: Id<'line'>; quantity: number }[];
}

const DAY_SECONDS = 86_400;
/** Longer than whoever sells has to decide; longer than goods may take on their way back. */
const [DECIDED_DAYS, BACK_DAYS] = [3, 8];
/** Of three cases one is decided by the clock, and of the others one is received by it. */
const KINDS = ['SELLER_DECIDES', 'SELLER_DECIDES_AND_RECEIVES', 'CLOCK_DECIDES'] as const;
const REASON = '同意退货';

const UNTIL_DECIDED = {
  ...UNTIL_PAID,
  'cases APPLIED': "SELECT COUNT(*) FROM after_sale WHERE status = 'APPLIED'",
};
const UNTIL_CLOSED = {
  ...UNTIL_PAID,
  'cases that are open': 'SELECT COUNT(*) FROM after_sale WHERE closed_at IS NULL',
};

/**
 * Sends back what was delivered and came back in the history, by its buyers, its seller and the clock, until the money is with the buyers.
 *
 * @returns where the clock stands then
 */
export async function giveBack(plan: GivingBack): Promise<Date> {
  const { office, wechat, from, onProgress, atOnce } = plan;
  const shop: Counter = {
    applying: office.app.get(ApplyingService),
    deciding: office.app.get(DecidingService),
    own: office.app.get(OwnCasesService),
  };
  const undecided: Sending[] = [];
  const told = {
    atOnce,
    onProgress: (left: number): void => {
      onProgress(new Map([['goods to be sent back', left]]));
    },
  };
  await workOff(await casesOf(plan), told, async (each, index) => {
    const sending = await apply(shop, each);
    const kind = KINDS[index % KINDS.length];
    if (kind === 'CLOCK_DECIDES') undecided.push(sending);
    else await decide(shop, each.seller, sending, kind === 'SELLER_DECIDES_AND_RECEIVES');
  });

  const decidedAt = secondsAfter(from, DECIDED_DAYS * DAY_SECONDS);
  await office.setClock(decidedAt, wechat);
  await settleAll({ office, wechat, onProgress }, UNTIL_DECIDED);
  await workOff(undecided, told, (sending) => send(shop.own, sending));
  const backAt = secondsAfter(decidedAt, BACK_DAYS * DAY_SECONDS);
  await office.setClock(backAt, wechat);
  await settleAll({ office, wechat, onProgress }, UNTIL_CLOSED);
  return backAt;
}

interface Counter {
  readonly applying: ApplyingService;
  readonly deciding: DecidingService;
  readonly own: OwnCasesService;
}

interface Sending {
  readonly buyerId: Id<'user'>;
  readonly afterSaleId: Id<'aftersale'>;
}

async function apply({ applying }: Counter, { buyerId, orderId, lines }: Case): Promise<Sending> {
  const asked = { orderId, lines, kind: 'RETURN_AND_REFUND', reason: 'NO_REASON' } as const;
  const { id: afterSaleId } = await applying.apply(buyerId, { ...asked, idempotencyKey: idSuffix(orderId) });
  return { buyerId, afterSaleId };
}

async function decide(
  { deciding, own }: Counter,
  seller: Case['seller'],
  sending: Sending,
  receives: boolean,
): Promise<void> {
  const { afterSaleId } = sending;
  const decision = { afterSaleId, reason: REASON };
  const suffix = idSuffix(afterSaleId);
  await deciding.approve(seller, { ...decision, idempotencyKey: `approve-${suffix}` });
  await send(own, sending);
  if (!receives) return;
  await deciding.receive(seller, { ...decision, isResaleable: true, idempotencyKey: `receive-${suffix}` });
}

async function send(own: OwnCasesService, { buyerId, afterSaleId }: Sending): Promise<void> {
  const suffix = idSuffix(afterSaleId);
  const tracking = { carrier: 'YTO', trackingNumber: suffix.toUpperCase() };
  await own.send(buyerId, { afterSaleId, ...tracking, idempotencyKey: `send-${suffix}` });
}

/** Of what came back in the history that which was delivered here: a team may have failed, or a buyer not have paid. */
async function casesOf({ office, returned, orderIds }: GivingBack): Promise<Case[]> {
  const rows = await office.source.query<Row[]>(
    `SELECT orders.id, buyer_id, supplier_id, order_line.id AS line_id
     FROM orders JOIN order_line ON order_line.order_id = orders.id WHERE status IN ('SHIPPED', 'RECEIVED')`,
  );
  const delivered = new Map(rows.map((row) => [idFromBytes('order', row.id) as string, row]));
  const clerk = newId('staff');
  return returned.flatMap(({ saleLine, quantity }) => {
    const row = delivered.get(orderIds.get(saleLine) ?? '');
    if (!row) return [];
    return {
      buyerId: idFromBytes('user', row.buyer_id),
      seller: { id: clerk, supplierId: idFromBytes('supplier', row.supplier_id) },
      orderId: idFromBytes('order', row.id),
      lines: [{ lineId: idFromBytes('line', row.line_id), quantity }],
    };
  });
}
