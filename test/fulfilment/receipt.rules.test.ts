import { describe, expect, it } from '@jest/globals';
import { OrderStatus } from '#orders';
import {
  afterSaleEndsAt,
  extendedReceipt,
  isReceived,
  mayExtend,
  mayReceive,
  receiveBy,
} from '../../src/fulfilment/receipt/receipt.rules.js';

const at = (text: string): Date => new Date(text);

describe('the after-sale window', () => {
  // Seven whole days of the zone, from the day after: it ends as the eighth day after begins.
  // prettier-ignore
  it.each<[zone: string, receivedAt: string, endsAt: string]>([
    ['Asia/Shanghai',     '2026-11-01T15:59:59.999Z', '2026-11-08T16:00:00.000Z'], // 23:59:59 of the first
    ['Asia/Shanghai',     '2026-11-01T16:00:00.000Z', '2026-11-09T16:00:00.000Z'], // midnight: the second
    ['Asia/Shanghai',     '2026-12-28T04:00:00.000Z', '2027-01-04T16:00:00.000Z'], // into the next year
    ['Asia/Shanghai',     '2028-02-22T04:00:00.000Z', '2028-02-29T16:00:00.000Z'], // by the end of a leap February
    ['UTC',               '2026-11-01T23:59:59.000Z', '2026-11-09T00:00:00.000Z'],
    ['America/New_York',  '2026-10-28T16:00:00.000Z', '2026-11-05T05:00:00.000Z'], // clocks go back within it
    ['America/New_York',  '2026-03-04T17:00:00.000Z', '2026-03-12T04:00:00.000Z'], // clocks go forward within it
    ['America/New_York',  '2026-10-24T16:00:00.000Z', '2026-11-01T04:00:00.000Z'], // it ends on the day on which they go back
    ['America/Sao_Paulo', '2018-10-27T15:00:00.000Z', '2018-11-04T03:00:00.000Z'], // that day begins at one, as clocks skip midnight
    ['America/Sao_Paulo', '2018-02-10T15:00:00.000Z', '2018-02-18T03:00:00.000Z'], // that day begins when midnight comes a second time
    ['Pacific/Apia',      '2011-12-22T22:00:00.000Z', '2011-12-30T10:00:00.000Z'], // a day that the island skipped
    ['Asia/Kathmandu',    '2026-11-01T18:14:59.000Z', '2026-11-08T18:15:00.000Z'],
  ])('in %s, of what was received at %s, ends at %s', (zone, receivedAt, endsAt) => {
    expect(afterSaleEndsAt(at(receivedAt), zone).toISOString()).toBe(endsAt);
  });
});

describe('the automatic receipt', () => {
  it('is ten days after the last parcel, and three more if it is put off', () => {
    const by = receiveBy(at('2026-11-01T08:00:00Z'));
    expect(by).toEqual(at('2026-11-11T08:00:00Z'));
    expect(extendedReceipt(by)).toEqual(at('2026-11-14T08:00:00Z'));
  });

  const NOW = at('2026-11-11T08:00:00Z');
  const SHIPPED = { status: 'SHIPPED', isReceiptExtended: false, receiveBy: at('2026-11-11T08:00:00.001Z') } as const;
  // prettier-ignore
  it.each<[change: object, answer: string | null]>([
    [{},                                             null],
    [{ receiveBy: NOW },                             'ReceiptOver'],
    [{ isReceiptExtended: true },                    'ReceiptAlreadyExtended'],
    [{ isReceiptExtended: true, receiveBy: NOW },    'ReceiptAlreadyExtended'],
    [{ status: 'RECEIVED' },                         'OrderNotReceivable'],
    [{ receiveBy: null },                            'OrderNotReceivable'],
  ])('with %j may be put off, or not: %s', (change, answer) => {
    expect(mayExtend({ ...SHIPPED, ...change }, NOW)?.constructor.name ?? null).toBe(answer);
  });
});

describe.each(Object.values(OrderStatus))('an order that is %s', (status) => {
  it('can be received only from SHIPPED, and is received for good', () => {
    const refusal = mayReceive({ status });
    expect(refusal === null).toBe(status === 'SHIPPED');
    if (refusal) expect(refusal).toMatchObject({ status });
    expect(isReceived({ status })).toBe(status === 'RECEIVED' || status === 'COMPLETED');
  });
});
