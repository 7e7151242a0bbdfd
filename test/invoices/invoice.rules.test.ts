import { describe, expect, it } from '@jest/globals';
import { Refusal, sumMinor } from '#common';
import { type LineId, OrderStatus } from '#orders';
import { InvoiceStatus } from '../../src/invoices/invoice.entity.js';
import {
  failureTexts,
  invoiceLife,
  isForPeople,
  LIVE,
  mayCancel,
  mayRequest,
  saysTooMuch,
  sheetOf,
} from '../../src/invoices/invoice.rules.js';

const [A, B, C]: LineId[] = ['line_a', 'line_b', 'line_c'];
const KEPT = { refundingQuantity: 0, refundingMinor: 0 };
const LINES = [
  { id: A!, title: '梨', quantity: 2, unitPriceMinor: 3_000, amountMinor: 6_000, ...KEPT },
  { id: B!, title: '枣', quantity: 1, unitPriceMinor: 3_000, amountMinor: 3_000, ...KEPT },
  { id: C!, title: '赠品', quantity: 1, unitPriceMinor: 0, amountMinor: 0, ...KEPT },
];
const PAID = { payableMinor: 10_000, refundingMinor: 0, freightMinor: 1_000 };
const nameOf = (answer: unknown): string => (answer instanceof Refusal ? answer.constructor.name : 'yes');

describe('an invoice can be asked for', () => {
  const SHIPPED = ['SHIPPED', 'COLLECTED', 'RECEIVED', 'COMPLETED'];
  const OVER = ['REFUNDED', 'CANCELLED'];
  it.each(Object.values(OrderStatus))(
    'of an order that is %s, if all of it is shipped and something stays paid',
    (status) => {
      const expected = SHIPPED.includes(status)
        ? 'yes'
        : OVER.includes(status)
          ? 'NothingToInvoice'
          : 'InvoiceTooEarly';
      expect(nameOf(mayRequest({ ...PAID, status }))).toBe(expected);
      if (expected === 'InvoiceTooEarly') expect(mayRequest({ ...PAID, status })).toMatchObject({ status });
    },
  );

  // prettier-ignore
  it.each([
    [10_000, 0,      'yes'],
    [10_000, 9_999,  'yes'],
    [10_000, 10_000, 'NothingToInvoice'],
    [0,      0,      'NothingToInvoice'],
  ])('where %i were paid and %i go back: %s', (payableMinor, refundingMinor, expected) => {
    expect(nameOf(mayRequest({ ...PAID, payableMinor, refundingMinor, status: 'RECEIVED' }))).toBe(expected);
  });
});

it.each(Object.values(InvoiceStatus))('one that is %s can be cancelled only while nobody works on it', (status) => {
  expect(nameOf(mayCancel({ status }))).toBe(status === 'REQUESTED' ? 'yes' : 'InvoiceNotCancellable');
});

describe('what is on an invoice', () => {
  it('is all that was paid, by line and freight, if nothing goes back', () => {
    expect(sheetOf(PAID, LINES)).toEqual({
      ...{ amountMinor: 10_000, freightMinor: 1_000 },
      lines: [
        { lineId: A, title: '梨', quantity: 2, unitPriceMinor: 3_000, amountMinor: 6_000 },
        { lineId: B, title: '枣', quantity: 1, unitPriceMinor: 3_000, amountMinor: 3_000 },
      ],
    });
  });

  // prettier-ignore
  it.each<[refundingMinor: number, freightMinor: number, amounts: number[]]>([
    [5_000, 500, [3_000, 1_500]],
    [1,     999, [6_000, 3_000]],
    [2,     999, [5_999, 3_000]],
    [9_998, 0,   [1, 1]],
    [9_999, 0,   [1]],
  ])('is less in proportion if %i go back: freight %i, lines %j', (refundingMinor, freightMinor, amounts) => {
    const sheet = sheetOf({ ...PAID, refundingMinor }, LINES)!;
    expect(sheet.lines.map(({ amountMinor }) => amountMinor)).toEqual(amounts);
    expect(sheet.freightMinor).toBe(freightMinor);
    expect(sheet.amountMinor).toBe(10_000 - refundingMinor);
    expect(sumMinor([freightMinor, ...amounts])).toBe(sheet.amountMinor);
  });

  // prettier-ignore
  it.each<[what: string, back: [units: number, refundingMinor: number][], refundingMinor: number, freightMinor: number, on: [units: number, amountMinor: number][]]>([
    ['one unit of the first',               [[1, 3_000], [0, 0]],     3_000, 1_000, [[1, 3_000], [1, 3_000]]],
    ['all of the first',                    [[2, 6_000], [0, 0]],     6_000, 1_000, [[1, 3_000]]],
    ['the second, and 700 without units',   [[0, 0], [1, 3_000]],     3_700, 900,   [[2, 5_400]]],
    ['all of the first, for less than its price', [[2, 5_000], [0, 0]], 6_000, 1_000, [[1, 3_000]]],
    ['all goods, so that freight is left',  [[2, 6_000], [1, 3_000]], 9_000, 1_000, []],
  ])('has no units that go back: %s', (_what, back, refundingMinor, freightMinor, on) => {
    const lines = LINES.map((line, index) => {
      const [refundingQuantity = 0, refunding = 0] = back[index] ?? [];
      return { ...line, refundingQuantity, refundingMinor: refunding };
    });
    const sheet = sheetOf({ ...PAID, refundingMinor }, lines)!;
    expect(sheet.lines.map(({ quantity, amountMinor }) => [quantity, amountMinor])).toEqual(on);
    expect(sheet).toMatchObject({ freightMinor, amountMinor: 10_000 - refundingMinor });
  });

  it('is nothing if all goes back', () => {
    expect(sheetOf({ ...PAID, refundingMinor: 10_000 }, LINES)).toBeNull();
  });

  it('is exact for amounts whose products are beyond 53 bits', () => {
    const most = Number.MAX_SAFE_INTEGER - 1;
    const half = { ...LINES[0]!, amountMinor: most / 2 };
    const order = { payableMinor: most, refundingMinor: 2, freightMinor: 0 };
    const sheet = sheetOf(order, [half, { ...half, id: B! }])!;
    expect(sheet.lines.map(({ amountMinor }) => amountMinor)).toEqual([most / 2 - 1, most / 2 - 1]);
  });
});

// prettier-ignore
it.each<[amountMinor: number | null, refundingMinor: number, isTooMuch: boolean]>([
  [10_000, 0, false],
  [10_000, 1, true],
  [9_999,  1, false],
  [null,   5, false],
])('an invoice of %s says too much once %i go back: %s', (amountMinor, refundingMinor, isTooMuch) => {
  expect(saysTooMuch({ amountMinor }, { payableMinor: 10_000, refundingMinor })).toBe(isTooMuch);
});

it.each(Object.values(InvoiceStatus))(
  'people issue what is %s only while it is to be issued and no issuer is at it',
  (status) => {
    const isOpen = status === 'REQUESTED' || status === 'ISSUING';
    expect(isForPeople({ status, issuer: null })).toBe(isOpen);
    expect(isForPeople({ status, issuer: 'a tax service' })).toBe(false);
  },
);

// prettier-ignore
it.each<[from: InvoiceStatus, followers: InvoiceStatus[]]>([
  ['REQUESTED', ['ISSUING', 'FAILED', 'CANCELLED']],
  ['ISSUING',   ['ISSUED', 'FAILED']],
  ['ISSUED',    ['REVERSING']],
  ['REVERSING', ['REVERSED']],
  ['FAILED',    []],
  ['CANCELLED', []],
  ['REVERSED',  []],
])('after %s comes one of %j', (from, followers) => {
  expect(Object.values(InvoiceStatus).filter((to) => invoiceLife.allows(from, to)).toSorted()).toEqual(followers.toSorted());
});

it('an order has one that is not over', () => {
  const over = Object.values(InvoiceStatus).filter((status) => invoiceLife.isTerminal(status));
  expect([...LIVE, ...over].toSorted()).toEqual(Object.values(InvoiceStatus).toSorted());
});

// prettier-ignore
it.each([
  [null,           null,       null],
  ['NOTHING_LEFT', null,       '订单款项已全部退回，无需开票。'],
  ['REFUSED',      '抬头有误。', '未能开具：抬头有误。'],
  ['REFUSED',      null,       '未能开具：'],
] as const)('of the failure %s (%s) its buyer reads %s', (failure, failureNote, text) => {
  const texts = failureTexts({ failure, failureNote });
  expect(texts?.zh ?? null).toBe(text);
  if (failure === 'NOTHING_LEFT') expect(texts?.en).toBe('All that was paid for the order has gone back.');
  if (failure === 'REFUSED') expect(texts?.en).toBe(`It could not be issued: ${failureNote ?? ''}`);
});
