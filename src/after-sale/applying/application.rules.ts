import type { Refusal } from '#common';
import { type Order, OrderNotRefundable, type OrderLine, type OrderStatus, type Units } from '#orders';
import type { AfterSaleKind, AfterSaleReason } from '../cases/after-sale.entity.js';
import {
  AfterSaleNotOpen,
  AfterSaleWindowOver,
  EvidenceNeeded,
  LeaveTheTeamInstead,
  MoreThanClaimable,
  ReasonUnfit,
  ReturnExcepted,
} from './application.refusals.js';

export const EVIDENCE_MAX = 6;

/** Whether the goods are still here, or on their way to the buyer and after. */
type Stage = 'BEFORE_SHIPPING' | 'AFTER_SHIPPING';
const STAGES: Partial<Record<OrderStatus, Stage>> = {
  TO_FULFIL: 'BEFORE_SHIPPING',
  SHIPPED: 'AFTER_SHIPPING',
  RECEIVED: 'AFTER_SHIPPING',
};

/** What may be asked for by each reason, when, and what it takes. */
interface ReasonTerms {
  readonly stages: readonly Stage[];
  readonly kinds: readonly AfterSaleKind[];
  readonly wantsEvidence: boolean;
  /** Whether it says that something is wrong with what came, so that no exception from returning stands against it. */
  readonly isAboutGoods: boolean;
}

const BOTH_KINDS = ['REFUND_ONLY', 'RETURN_AND_REFUND'] as const;
const AFTER = { stages: ['AFTER_SHIPPING'], isAboutGoods: true } as const;
const WITH_PHOTOS = { ...AFTER, kinds: BOTH_KINDS, wantsEvidence: true } as const;
const NEVER_CAME = { ...AFTER, kinds: ['REFUND_ONLY'], wantsEvidence: false } as const;

export const REASONS: Readonly<Record<AfterSaleReason, ReasonTerms>> = {
  NO_REASON: { stages: ['AFTER_SHIPPING'], kinds: ['RETURN_AND_REFUND'], wantsEvidence: false, isAboutGoods: false },
  NOT_NEEDED_ANY_MORE: {
    stages: ['BEFORE_SHIPPING'],
    kinds: ['REFUND_ONLY'],
    wantsEvidence: false,
    isAboutGoods: false,
  },
  QUALITY: WITH_PHOTOS,
  DAMAGED: WITH_PHOTOS,
  WRONG_GOODS: WITH_PHOTOS,
  NOT_AS_DESCRIBED: WITH_PHOTOS,
  MISSING: NEVER_CAME,
  NOT_RECEIVED: NEVER_CAME,
  OTHER: {
    ...{ stages: ['BEFORE_SHIPPING', 'AFTER_SHIPPING'], kinds: BOTH_KINDS },
    ...{ wantsEvidence: false, isAboutGoods: false },
  },
};

export type ClaimedOrder = Pick<Order, 'status' | 'completesAt' | 'payableMinor' | 'refundingMinor'>;
export type ClaimedLine = Pick<
  OrderLine,
  | 'id'
  | 'quantity'
  | 'shippedQuantity'
  | 'cancelledQuantity'
  | 'refundingQuantity'
  | 'claimedQuantity'
  | 'withheldQuantity'
  | 'returnRule'
>;

/** What a buyer asks for. */
export interface Application {
  readonly kind: AfterSaleKind;
  readonly reason: AfterSaleReason;
  readonly lines: readonly Units[];
  readonly images: number;
}

/** Whether anything of an order can be asked back now; null if so. */
export function mayClaim(
  { status, completesAt, payableMinor, refundingMinor }: ClaimedOrder,
  now: Date,
): Refusal | null {
  if (status === 'AWAITING_TEAM') return new LeaveTheTeamInstead();
  const isOver = status === 'COMPLETED' || (completesAt !== null && completesAt <= now);
  if (isOver && completesAt !== null && status !== 'REFUNDED') return new AfterSaleWindowOver(completesAt);
  if (!STAGES[status]) return new AfterSaleNotOpen(status);
  return refundingMinor < payableMinor ? null : new OrderNotRefundable(status);
}

/** Whether a buyer may ask for this; null if so. What is wrong with the order is said first, then with the reason, then with the lines. */
export function mayApply(
  order: ClaimedOrder,
  lines: readonly ClaimedLine[],
  asked: Application,
  now: Date,
): Refusal | null {
  return mayClaim(order, now) ?? fits(order, asked) ?? excepted(order, lines, asked) ?? tooMany(order, lines, asked);
}

/** How many units of a line can still be asked for: before it is shipped those that are not, after that all that nobody has asked for. */
export function claimableQuantity({ status }: Pick<Order, 'status'>, line: ClaimedLine): number {
  const unasked = line.quantity - line.refundingQuantity - line.claimedQuantity;
  if (STAGES[status] === 'AFTER_SHIPPING') return unasked;
  const unshipped = line.quantity - line.shippedQuantity - line.cancelledQuantity - line.withheldQuantity;
  return STAGES[status] === 'BEFORE_SHIPPING' ? Math.min(unasked, unshipped) : 0;
}

/** What can be asked for of a line, by some reason; goods that spoil are not sent back. */
export function kindsOf(
  { status }: Pick<Order, 'status'>,
  { returnRule }: Pick<ClaimedLine, 'returnRule'>,
): AfterSaleKind[] {
  const stage = STAGES[status];
  if (!stage) return [];
  return stage === 'BEFORE_SHIPPING' || returnRule === 'FRESH' ? ['REFUND_ONLY'] : [...BOTH_KINDS];
}

/** Whether what is asked for is not shipped yet. */
export function isUnshipped({ status }: Pick<Order, 'status'>): boolean {
  return STAGES[status] === 'BEFORE_SHIPPING';
}

function fits({ status }: ClaimedOrder, { kind, reason, images }: Application): Refusal | null {
  const { stages, kinds, wantsEvidence } = REASONS[reason];
  const stage = STAGES[status];
  const isFit = stage !== undefined && stages.includes(stage) && kinds.includes(kind);
  if (!isFit || (stage === 'BEFORE_SHIPPING' && kind === 'RETURN_AND_REFUND')) return new ReasonUnfit();
  return wantsEvidence && images === 0 ? new EvidenceNeeded(EVIDENCE_MAX) : null;
}

/** The first line that an exception from returning stands against. */
function excepted(
  order: ClaimedOrder,
  lines: readonly ClaimedLine[],
  { kind, reason, lines: asked }: Application,
): Refusal | null {
  if (isUnshipped(order)) return null;
  const named = new Set(asked.map(({ lineId }) => lineId));
  for (const { id, returnRule } of lines) {
    if (!named.has(id) || returnRule === 'SEVEN_DAYS') continue;
    const isSentBack = kind === 'RETURN_AND_REFUND' && returnRule === 'FRESH';
    if (!REASONS[reason].isAboutGoods || isSentBack) return new ReturnExcepted(id, returnRule);
  }
  return null;
}

function tooMany(order: ClaimedOrder, lines: readonly ClaimedLine[], { lines: asked }: Application): Refusal | null {
  const claimable = new Map(lines.map((line) => [line.id, claimableQuantity(order, line)]));
  const tooMuch = asked.find(({ lineId, quantity }) => quantity > (claimable.get(lineId) ?? 0));
  return tooMuch ? new MoreThanClaimable(tooMuch.lineId, claimable.get(tooMuch.lineId) ?? 0) : null;
}
