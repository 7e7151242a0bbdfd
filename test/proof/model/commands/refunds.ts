import type { Kind, Run } from '../command.js';
import { captureOf, drive, isWaiting, owe, resume, tell } from '../promises/refunds.js';
import type { Model } from '../promises/model.js';
import { IN_HAND, type Purchase, type Refund } from '../promises/records.js';
import { ask, newKey, remember } from './asking.js';

const CARD = { bankType: 'ICBC_DEBIT', bankAccount: '6222021234567890123', realName: '安娜' };

/** An operator gives back a part of what was paid, all of it, or more. */
export const orderRefund: Kind<{ readonly purchase: Purchase; readonly amountMinor: number }> = {
  name: 'orderRefund',
  mutations: ['orderRefund'],
  weight: 8,
  choose: ({ purchases }, dice) => {
    const inHand = purchases.filter(({ order }) => IN_HAND.includes(order));
    const elsewhere = purchases.filter(({ order }) => !IN_HAND.includes(order));
    const purchase = dice.oneOf(dice.happens(25) ? elsewhere : inHand);
    if (!purchase) return null;
    const { payableMinor, promisedMinor } = purchase;
    const leftMinor = Math.max(payableMinor - promisedMinor, 1);
    return { purchase, amountMinor: dice.pick(leftMinor, leftMinor, 100, leftMinor + 1) };
  },
  tell: ({ purchase, amountMinor }) => `an operator gives back ${amountMinor} of ${purchase.name}`,
  act: async ({ purchase, amountMinor }, model, run) => {
    const promised = giveBack(model, purchase, amountMinor);
    const phone = await run.world.operator();
    const input = { orderId: purchase.orderId, amountMinor, note: '一盒蓝莓压坏了', idempotencyKey: newKey() };
    const answer = await ask(run, phone, 'orderRefund', promised, input);
    if (answer.type !== 'Refund') return answer.type;
    const other = { amountMinor: amountMinor + 1 };
    remember(model, run, { phone, person: null, mutation: 'orderRefund', input, other, answer });
    return answer.type;
  },
};

/** An operator tries a refund again. */
export const refundRetry: Kind<Refund> = {
  name: 'refundRetry',
  mutations: ['refundRetry'],
  weight: 8,
  choose: ({ refunds }, dice) => {
    const waiting = refunds.filter(isWaiting);
    return dice.happens(25) ? dice.oneOf(refunds) : dice.oneOf(waiting);
  },
  tell: (refund) => `an operator retries a refund of ${refund.capture.purchase.name} that is ${refund.status}`,
  act: (refund, model, run) => onRefund('refundRetry', () => retry(model, refund), refund, run),
};

/** An operator sends a refund to a bank card. */
export const refundToCard: Kind<Refund> = {
  name: 'refundToCard',
  mutations: ['refundToCard'],
  weight: 9,
  choose: ({ refunds }, dice) => {
    const waiting = refunds.filter(isWaiting);
    return dice.happens(25) ? dice.oneOf(refunds) : dice.oneOf(waiting);
  },
  tell: (refund) => `an operator sends a refund of ${refund.capture.purchase.name} that is ${refund.status} to a card`,
  act: (refund, model, run) => onRefund('refundToCard', () => toCard(model, refund), refund, run, CARD),
};

/** WeChat ends a refund that it had not got done, one way or another, and tells the shop. */
export const channelEndsRefund: Kind<{ readonly refund: Refund; readonly end: 'SUCCESS' | 'CLOSED' | 'ABNORMAL' }> = {
  name: 'WeChat ends a refund',
  mutations: [],
  weight: 5,
  choose: ({ refunds }, dice) => {
    const refund = dice.oneOf(
      refunds.filter(({ atChannel }) => atChannel === 'PROCESSING' || atChannel === 'ABNORMAL'),
    );
    const end = dice.pick<'SUCCESS' | 'CLOSED' | 'ABNORMAL'>('SUCCESS', 'CLOSED', 'ABNORMAL');
    return refund && { refund, end: refund.atChannel === 'ABNORMAL' && end === 'ABNORMAL' ? 'SUCCESS' : end };
  },
  tell: ({ refund, end }) => `WeChat ends a refund of ${refund.capture.purchase.name} as ${end}`,
  act: async ({ refund, end }, model, { world }) => {
    const { outRefundNo } = await rowOf(refund, world);
    await world.shop.emulate(`/emulator/refunds/${outRefundNo}/end`, { status: end });
    await world.delivered();
    tell(model, refund, end);
    return end;
  },
};

function giveBack(model: Model, purchase: Purchase, amountMinor: number): string {
  const { order, payableMinor, promisedMinor } = purchase;
  if (!IN_HAND.includes(order) && order !== 'COMPLETED') return 'OrderNotRefundable';
  if (amountMinor > payableMinor - promisedMinor) return 'RefundTooLarge';
  owe(model, captureOf(purchase)!, amountMinor, { isOfOrder: true });
  return 'Refund';
}

function retry(model: Model, refund: Refund): string {
  if (!isWaiting(refund)) return 'RefundNotWaiting';
  if (refund.status === 'MANUAL') resume(model, refund);
  else drive(model, refund);
  return 'Refund';
}

/** It is asked about first: only one that is ABNORMAL still can be sent to a card. */
function toCard(model: Model, refund: Refund): string {
  if (!isWaiting(refund)) return 'RefundNotWaiting';
  drive(model, refund);
  if (refund.status !== 'ABNORMAL') return 'RefundNotWaiting';
  tell(model, refund, 'SUCCESS');
  resume(model, refund);
  return 'Refund';
}

async function onRefund(mutation: string, promise: () => string, refund: Refund, run: Run, more = {}): Promise<string> {
  const { id: refundId } = await rowOf(refund, run.world);
  const answer = await ask(run, await run.world.operator(), mutation, promise(), { refundId, reason: '补发', ...more });
  await run.world.delivered();
  return answer.type;
}

async function rowOf(refund: Refund, world: Run['world']) {
  const rows = await world.refundsOf(refund.capture.transactionId);
  const row = rows[refund.capture.refunds.indexOf(refund)];
  if (!row) throw new Error(`the shop owes fewer refunds of ${refund.capture.purchase.name} than was promised`);
  return row;
}
