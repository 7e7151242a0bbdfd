import { describe, expect, it } from '@jest/globals';
import { Refusal } from '#common';
import { type LineId, OrderStatus } from '#orders';
import { CARRIERS } from '../../src/fulfilment/parcels/carriers.js';
import {
  isLast,
  lateSince,
  maskedTrackingNumber,
  mayChange,
  mayTrack,
  packed,
  PARCELS_PER_ORDER_MAX,
  shipBy,
  type ToShip,
} from '../../src/fulfilment/parcels/parcel.rules.js';

const [A, B, C]: LineId[] = ['line_a', 'line_b', 'line_c'];
const ORDER = { status: 'TO_FULFIL', payableMinor: 100, refundingMinor: 0 } as const;
/** Two of A of which one is shipped, three of B, one of C that is shipped. */
const LINES = [
  { id: A!, quantity: 2, shippedQuantity: 1, cancelledQuantity: 0, withheldQuantity: 0 },
  { id: B!, quantity: 3, shippedQuantity: 0, cancelledQuantity: 0, withheldQuantity: 0 },
  { id: C!, quantity: 1, shippedQuantity: 1, cancelledQuantity: 0, withheldQuantity: 0 },
];
const toShip = (change: Partial<ToShip> = {}): ToShip => ({ order: ORDER, lines: LINES, parcels: 1, ...change });
const REST = [
  { lineId: A!, quantity: 1 },
  { lineId: B!, quantity: 3 },
];

const nameOf = (answer: unknown): string => (answer instanceof Refusal ? answer.constructor.name : 'yes');

describe('what goes into a parcel', () => {
  it('is all that is left, if nothing is said', () => {
    expect(packed(toShip(), null)).toEqual(REST);
  });

  it('is what is asked for', () => {
    expect(packed(toShip(), [{ lineId: B!, quantity: 2 }])).toEqual([{ lineId: B!, quantity: 2 }]);
    expect(packed(toShip(), REST)).toEqual(REST);
  });

  // prettier-ignore
  it.each<[quantity: number, line: number, leftQuantity: number]>([
    [2, 0, 1],
    [4, 1, 3],
    [1, 2, 0],
  ])('is never %i of line %i, of which %i is left', (quantity, line, leftQuantity) => {
    const lineId = LINES[line]!.id;
    expect(packed(toShip(), [{ lineId, quantity }])).toMatchObject({ lineId, leftQuantity });
    expect(nameOf(packed(toShip(), [{ lineId, quantity }]))).toBe('MoreThanLeftToShip');
  });

  it('is refused for the first line that has too few', () => {
    const asked = [
      { lineId: B!, quantity: 3 },
      { lineId: A!, quantity: 2 },
      { lineId: C!, quantity: 9 },
    ];
    expect(packed(toShip(), asked)).toMatchObject({ lineId: A, leftQuantity: 1 });
  });

  it.each(Object.values(OrderStatus))('of an order that is %s is decided by that first', (status) => {
    const order = { ...ORDER, status, refundingMinor: 100 };
    expect(nameOf(packed(toShip({ order }), null))).toBe(
      status === 'TO_FULFIL' ? 'OrderPromisedBack' : 'OrderNotToShip',
    );
    if (status !== 'TO_FULFIL') expect(packed(toShip({ order }), null)).toMatchObject({ status });
  });

  it.each([
    [100, 99, 'yes'],
    [100, 100, 'OrderPromisedBack'],
    [0, 0, 'yes'],
  ])('of an order of %i of which %i goes back: %s', (payableMinor, refundingMinor, answer) => {
    expect(nameOf(packed(toShip({ order: { ...ORDER, payableMinor, refundingMinor } }), null))).toBe(answer);
  });

  const LAST = PARCELS_PER_ORDER_MAX - 1;
  it.each([
    [LAST - 1, REST.slice(1), 'yes'],
    [LAST, REST.slice(1), 'TooManyParcels'],
    [LAST, REST, 'yes'],
    [LAST, null, 'yes'],
  ])('after %i parcels may be %j: %s', (parcels, asked, answer) => {
    expect(nameOf(packed(toShip({ parcels }), asked))).toBe(answer);
  });

  it('says how many parcels there may be', () => {
    expect(packed(toShip({ parcels: LAST }), REST.slice(1))).toMatchObject({ parcelsMax: 15 });
  });
});

describe('what is not to be shipped any more', () => {
  const lines = LINES.map((line) => (line.id === B ? { ...line, cancelledQuantity: 2 } : line));
  it('goes into no parcel, and the last parcel is the last without it', () => {
    expect(packed(toShip({ lines }), null)).toEqual([
      { lineId: A!, quantity: 1 },
      { lineId: B!, quantity: 1 },
    ]);
    expect(packed(toShip({ lines }), [{ lineId: B!, quantity: 2 }])).toMatchObject({ lineId: B, leftQuantity: 1 });
    expect(isLast(lines, REST.slice(0, 1))).toBe(false);
    expect(isLast(lines, [REST[0]!, { lineId: B!, quantity: 1 }])).toBe(true);
  });
});

describe('the last parcel', () => {
  it.each([
    [REST, true],
    [REST.slice(1), false],
    [[], false],
  ])('is %j: %s', (content, answer) => {
    expect(isLast(LINES, content)).toBe(answer);
  });
});

describe('a number', () => {
  // prettier-ignore
  it.each([
    ['SF',    'SF1234567890123',   'yes'],
    ['SF',    '123456789012',      'yes'],
    ['SF',    '123456789012345',   'yes'],
    ['SF',    'SF123456789012',    'TrackingNumberUnfit'],
    ['SF',    'XSF1234567890123',  'TrackingNumberUnfit'],
    ['SF',    'SF12345678901234',  'TrackingNumberUnfit'],
    ['SF',    '1234567890123',     'TrackingNumberUnfit'],
    ['JTSD',  'JT1234567890123',   'yes'],
    ['JTSD',  'JT123456789012',    'TrackingNumberUnfit'],
    ['JTSD',  '0JT1234567890123',  'TrackingNumberUnfit'],
    ['JTSD',  'JT12345678901230',  'TrackingNumberUnfit'],
    ['EMS',   'EA123456789CN',     'yes'],
    ['EMS',   '1234567890123',     'yes'],
    ['EMS',   'E123456789CN',      'TrackingNumberUnfit'],
    ['EMS',   '12345678901234',    'TrackingNumberUnfit'],
    ['ZTO',   'ANY-NUMBER',        'yes'],
    ['PIGEON','ANY-NUMBER',        'CarrierUnknown'],
  ])('of %s may be %s: %s', (carrier, trackingNumber, answer) => {
    const refusal = mayTrack({ carrier, trackingNumber });
    expect(refusal === null ? 'yes' : nameOf(refusal)).toBe(answer);
  });

  it.each([
    ['YT1234567890123', '****0123'],
    ['****0123', '****0123'],
  ])('%s stays as %s once its buyer has left', (number, masked) => {
    expect(maskedTrackingNumber(number)).toBe(masked);
  });
});

describe('the carriers', () => {
  it('are each there once, and only SF wants to know the receiver', () => {
    const ids = CARRIERS.map(({ id }) => id);
    expect(ids).toEqual(['SF', 'ZTO', 'YTO', 'STO', 'YUNDA', 'JTSD', 'EMS', 'JD', 'DBL']);
    expect(CARRIERS.filter(({ wantsReceiverContact }) => wantsReceiverContact).map(({ id }) => id)).toEqual(['SF']);
    for (const { nameZh, nameEn } of CARRIERS) expect(`${nameZh} ${nameEn}`).toMatch(/^\p{Script=Han}+ [A-Z][\w& ]+$/u);
  });
});

describe('the time to ship', () => {
  it('is two days', () => {
    const at = new Date('2026-11-21T00:00:00Z');
    expect(shipBy(at)).toEqual(new Date('2026-11-23T00:00:00Z'));
    expect(lateSince(shipBy(at))).toEqual(at);
  });
});

it.each(Object.values(OrderStatus))('the parcels of an order that is %s may be put right or not', (status) => {
  expect(mayChange({ status })).toBe(status === 'TO_FULFIL' || status === 'SHIPPED');
});
