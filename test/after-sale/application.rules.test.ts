import { describe, expect, it } from '@jest/globals';
import { ReturnRule } from '#catalog';
import { OrderStatus, type LineId } from '#orders';
import {
  type Application,
  claimableQuantity,
  type ClaimedLine,
  type ClaimedOrder,
  kindsOf,
  mayApply,
  mayClaim,
} from '../../src/after-sale/applying/application.rules.js';
import { AfterSaleKind, AfterSaleReason } from '../../src/after-sale/cases/after-sale.entity.js';

const LINE: LineId = 'line_a';
const NOW = new Date('2026-03-01T00:00:00Z');
const later = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);

const order = (said: Partial<ClaimedOrder> = {}): ClaimedOrder => ({
  ...{ status: 'SHIPPED', completesAt: null, payableMinor: 300, refundingMinor: 0 },
  ...said,
});
const line = (said: Partial<ClaimedLine> = {}): ClaimedLine => ({
  ...{ id: LINE, quantity: 3, shippedQuantity: 3, cancelledQuantity: 0, refundingQuantity: 0, claimedQuantity: 0 },
  ...{ withheldQuantity: 0, returnRule: 'SEVEN_DAYS' },
  ...said,
});
const asked = (said: Partial<Application> = {}): Application => ({
  ...{ kind: 'RETURN_AND_REFUND', reason: 'NO_REASON', lines: [{ lineId: LINE, quantity: 1 }], images: 0 },
  ...said,
});
const answerOf = (answer: object | null): string => answer?.constructor.name ?? 'yes';

/** What a buyer may still have by reasons, when all else is in order: R for money alone, B for sending it back. */
// prettier-ignore
const FITS: Readonly<Record<AfterSaleReason, readonly [before: string, after: string]>> = {
  NO_REASON:           ['',  'B'],
  NOT_NEEDED_ANY_MORE: ['R', ''],
  QUALITY:             ['',  'RB'],
  DAMAGED:             ['',  'RB'],
  WRONG_GOODS:         ['',  'RB'],
  MISSING:             ['',  'R'],
  NOT_AS_DESCRIBED:    ['',  'RB'],
  NOT_RECEIVED:        ['',  'R'],
  OTHER:               ['R', 'RB'],
};
const PHOTOS: readonly AfterSaleReason[] = ['QUALITY', 'DAMAGED', 'WRONG_GOODS', 'NOT_AS_DESCRIBED'];
const ABOUT_GOODS: readonly AfterSaleReason[] = [...PHOTOS, 'MISSING', 'NOT_RECEIVED'];
const LETTERS: Readonly<Record<AfterSaleKind, string>> = { REFUND_ONLY: 'R', RETURN_AND_REFUND: 'B' };

const CASES = Object.values(AfterSaleReason).flatMap((reason) =>
  Object.values(AfterSaleKind).flatMap((kind) =>
    (['TO_FULFIL', 'SHIPPED', 'RECEIVED'] as const).map((status) => {
      const [before, after] = FITS[reason];
      return { reason, kind, status, fits: (status === 'TO_FULFIL' ? before : after).includes(LETTERS[kind]) };
    }),
  ),
);

describe('a buyer', () => {
  it.each(CASES)('of an order that is $status asks by $reason for $kind: $fits', ({ reason, kind, status, fits }) => {
    const lines = [line(status === 'TO_FULFIL' ? { shippedQuantity: 0 } : {})];
    const answer = mayApply(order({ status }), lines, asked({ reason, kind, images: 1 }), NOW);
    expect(answerOf(answer)).toBe(fits ? 'yes' : 'ReasonUnfit');
  });

  it.each(Object.values(AfterSaleReason).map((reason) => ({ reason, wants: PHOTOS.includes(reason) })))(
    'who says $reason shows it: $wants',
    ({ reason, wants }) => {
      const isBefore = reason === 'NOT_NEEDED_ANY_MORE';
      const kind = FITS[reason][isBefore ? 0 : 1].startsWith('R') ? 'REFUND_ONLY' : 'RETURN_AND_REFUND';
      const lines = [line(isBefore ? { shippedQuantity: 0 } : {})];
      const status = isBefore ? 'TO_FULFIL' : 'SHIPPED';
      const answer = mayApply(order({ status }), lines, asked({ reason, kind }), NOW);
      expect(answerOf(answer)).toBe(wants ? 'EvidenceNeeded' : 'yes');
      if (wants) expect(answer).toMatchObject({ imagesMax: 6 });
    },
  );

  const RULES = Object.values(ReturnRule).flatMap((returnRule) =>
    Object.values(AfterSaleReason).flatMap((reason) =>
      Object.values(AfterSaleKind)
        .filter((kind) => FITS[reason][1].includes(LETTERS[kind]))
        .map((kind) => {
          const isClaim = ABOUT_GOODS.includes(reason) && !(returnRule === 'FRESH' && kind === 'RETURN_AND_REFUND');
          return { returnRule, reason, kind, may: returnRule === 'SEVEN_DAYS' || isClaim };
        }),
    ),
  );
  it.each(RULES)(
    'of goods that are $returnRule asks by $reason for $kind: $may',
    ({ returnRule, reason, kind, may }) => {
      const answer = mayApply(order(), [line({ returnRule })], asked({ reason, kind, images: 1 }), NOW);
      expect(answerOf(answer)).toBe(may ? 'yes' : 'ReturnExcepted');
      if (!may) expect(answer).toMatchObject({ lineId: LINE, returnRule });
    },
  );

  it('gives up what is not shipped whatever the goods, and is told of exceptions of what is asked for only', () => {
    const before = order({ status: 'TO_FULFIL' });
    const giveUp = asked({ reason: 'NOT_NEEDED_ANY_MORE', kind: 'REFUND_ONLY' });
    expect(mayApply(before, [line({ returnRule: 'FRESH', shippedQuantity: 0 })], giveUp, NOW)).toBeNull();
    const other = line({ id: 'line_b', returnRule: 'FRESH' });
    expect(mayApply(order(), [other, line()], asked(), NOW)).toBeNull();
  });

  it('hears first of the order, then of the reason, then of the goods, then of how many', () => {
    const lines = [line({ returnRule: 'PERIODICAL' })];
    const wrong = asked({ kind: 'REFUND_ONLY', lines: [{ lineId: LINE, quantity: 9 }] });
    const fitting = { ...wrong, kind: 'RETURN_AND_REFUND' } as const;
    expect(answerOf(mayApply(order({ status: 'AWAITING_TEAM' }), lines, wrong, NOW))).toBe('LeaveTheTeamInstead');
    expect(answerOf(mayApply(order(), lines, wrong, NOW))).toBe('ReasonUnfit');
    expect(answerOf(mayApply(order(), lines, fitting, NOW))).toBe('ReturnExcepted');
    expect(mayApply(order(), [line()], fitting, NOW)).toMatchObject({ lineId: LINE, claimableQuantity: 3 });
    expect(answerOf(mayApply(order(), [line()], fitting, NOW))).toBe('MoreThanClaimable');
    expect(mayApply(order(), [], fitting, NOW)).toMatchObject({ claimableQuantity: 0 });
  });
});

describe('an order', () => {
  const OPEN: readonly OrderStatus[] = ['TO_FULFIL', 'SHIPPED', 'RECEIVED'];
  it.each(
    Object.values(OrderStatus).map((status) => ({
      status,
      answer: OPEN.includes(status) ? 'yes' : 'AfterSaleNotOpen',
    })),
  )('that is $status, and was never received, can be asked for: $answer', ({ status, answer }) => {
    const expected = status === 'AWAITING_TEAM' ? 'LeaveTheTeamInstead' : answer;
    expect(answerOf(mayClaim(order({ status }), NOW))).toBe(expected);
    if (expected === 'AfterSaleNotOpen')
      expect(mayClaim(order({ status }), NOW)).toMatchObject({ orderStatus: status });
  });

  // prettier-ignore
  it.each<[status: OrderStatus, completesAt: Date, answer: string]>([
    ['RECEIVED',  later(1),  'yes'],
    ['RECEIVED',  later(0),  'AfterSaleWindowOver'],
    ['RECEIVED',  later(-1), 'AfterSaleWindowOver'],
    ['COMPLETED', later(1),  'AfterSaleWindowOver'],
    ['COMPLETED', later(-1), 'AfterSaleWindowOver'],
    ['REFUNDED',  later(-1), 'AfterSaleNotOpen'],
  ])('that is %s and completes at %s: %s', (status, completesAt, answer) => {
    const said = mayClaim(order({ status, completesAt }), NOW);
    expect(answerOf(said)).toBe(answer);
    if (answer === 'AfterSaleWindowOver') expect(said).toMatchObject({ endedAt: completesAt });
  });

  it.each([
    [299, 'yes'],
    [300, 'OrderNotRefundable'],
  ])('of three yuan of which %i fen are promised back: %s', (refundingMinor, answer) => {
    expect(answerOf(mayClaim(order({ refundingMinor }), NOW))).toBe(answer);
  });
});

describe('of a line of three', () => {
  // prettier-ignore
  it.each<[status: OrderStatus, said: Partial<ClaimedLine>, left: number]>([
    ['TO_FULFIL', { shippedQuantity: 0 }, 3],
    ['TO_FULFIL', { shippedQuantity: 1 }, 2],
    ['TO_FULFIL', { shippedQuantity: 0, cancelledQuantity: 1, refundingQuantity: 1 }, 2],
    ['TO_FULFIL', { shippedQuantity: 0, claimedQuantity: 2, withheldQuantity: 2 }, 1],
    ['TO_FULFIL', { shippedQuantity: 0, claimedQuantity: 2 }, 1],
    ['TO_FULFIL', { shippedQuantity: 2, claimedQuantity: 1, withheldQuantity: 1 }, 0],
    ['SHIPPED',   {}, 3],
    ['SHIPPED',   { shippedQuantity: 2, cancelledQuantity: 1, refundingQuantity: 1 }, 2],
    ['RECEIVED',  { refundingQuantity: 1, claimedQuantity: 1 }, 1],
    ['RECEIVED',  { refundingQuantity: 3 }, 0],
    ['COMPLETED', {}, 0],
    ['AWAITING_TEAM', { shippedQuantity: 0 }, 0],
  ])('of an order that is %s with %j can be asked for: %i', (status, said, left) => {
    expect(claimableQuantity({ status }, line(said))).toBe(left);
  });

  // prettier-ignore
  it.each<[status: OrderStatus, returnRule: ReturnRule, kinds: string]>([
    ['TO_FULFIL', 'SEVEN_DAYS', 'REFUND_ONLY'],
    ['SHIPPED',   'SEVEN_DAYS', 'REFUND_ONLY,RETURN_AND_REFUND'],
    ['RECEIVED',  'PERIODICAL', 'REFUND_ONLY,RETURN_AND_REFUND'],
    ['SHIPPED',   'FRESH',      'REFUND_ONLY'],
    ['COMPLETED', 'SEVEN_DAYS', ''],
  ])('of an order that is %s and goods that are %s can be asked for: %s', (status, returnRule, kinds) => {
    expect(kindsOf({ status }, { returnRule }).join()).toBe(kinds);
  });
});
