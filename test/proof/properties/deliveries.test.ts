import { describe, expect, it } from '@jest/globals';
import type { UserId } from '#identity';
import type { Destination } from '#orders';
import { deliveryOf, deliverySeenBy, deliveryText } from '../../../src/orders/delivery/delivery.rules.js';
import { maskedPhone, normalPhone, PHONE } from '../../../src/identity/contact/phone.rules.js';
import { fc } from './seeded.js';

const digits = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const mobiles = fc.stringMatching(/^1[3-9]\d{9}$/);
const areaCodes = fc.oneof(fc.constant('10'), fc.stringMatching(/^2\d$/));
const cities = fc.tuple(areaCodes, fc.stringMatching(/^[2-8]\d{7}$/));
const towns = fc.tuple(fc.stringMatching(/^[3-9]\d\d$/), fc.stringMatching(/^[2-8]\d{6,7}$/));
const landlines = fc.oneof(cities, towns);
const phones = fc.oneof(
  mobiles,
  landlines.map(([area, number]) => `0${area}-${number}`),
);

/** A number as somebody writes it: with blanks, hyphens, brackets, full-width digits and what a phone's contacts add. */
const written = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.constantFrom('', '', '', ' ', '-', '–', '.', '(', ')', '\u00A0', '\u202A'), {
        minLength: 20,
        maxLength: 20,
      }),
      fc.boolean(),
    )
    .map(([between, isWide]) =>
      Array.from(text, (character, at) => (isWide ? wide(character) : character) + between[at % between.length]!).join(
        '',
      ),
    );

function wide(character: string): string {
  return /[\d+]/.test(character) ? String.fromCodePoint(character.codePointAt(0)! + 0xfee0) : character;
}

describe('a phone number', () => {
  it('that is kept stays as it is', () => {
    fc.assert(
      fc.property(phones, (phone) => {
        expect(phone).toMatch(PHONE);
        expect(normalPhone(phone)).toBe(phone);
      }),
    );
  });

  it('of a mobile is the same however it is written', () => {
    const cases = fc
      .tuple(fc.constantFrom('', '+86', '0086'), mobiles)
      .chain(([country, mobile]) => fc.tuple(written(country + mobile), fc.constant(mobile)));
    fc.assert(
      fc.property(cases, ([text, mobile]) => {
        expect(normalPhone(text)).toBe(mobile);
      }),
    );
  });

  it('of a landline is the same however it is written', () => {
    const cases = fc
      .tuple(fc.constantFrom('0', '+860', '+86', '00860', '0086'), landlines)
      .chain(([lead, [area, number]]) => fc.tuple(written(lead + area + number), fc.constant(`0${area}-${number}`)));
    fc.assert(
      fc.property(cases, ([text, landline]) => {
        expect(normalPhone(text)).toBe(landline);
      }),
    );
  });

  it('is kept of no text that has other digits or other signs than it', () => {
    const slips = fc.record({
      text: fc.tuple(fc.constantFrom('', '+86', '0086', '86', '+'), phones).map(([lead, phone]) => lead + phone),
      at: fc.nat(20),
      gone: fc.nat(2),
      instead: fc.string({ unit: fc.constantFrom(...'0123456789+-x八８'), maxLength: 2 }),
    });
    fc.assert(
      fc.property(slips, ({ text, at, gone, instead }) => {
        const slip = [...text].toSpliced(at, gone, instead).join('');
        const kept = normalPhone(slip);
        if (!PHONE.test(kept)) return;
        const given = slip.normalize('NFKC').replaceAll('-', '');
        const ours = kept.replace('-', '');
        expect([ours, `+86${ours}`, `0086${ours}`, `+86${ours.slice(1)}`, `0086${ours.slice(1)}`]).toContain(given);
        expect(normalPhone(kept)).toBe(kept);
      }),
    );
  });

  it('that is masked shows its beginning and its last four digits, whatever stands between', () => {
    fc.assert(
      fc.property(digits(3), digits(4), digits(4), digits(4), (head, one, other, tail) => {
        expect(maskedPhone(head + one + tail)).toBe(`${head}****${tail}`);
        expect(maskedPhone(head + other + tail)).toBe(`${head}****${tail}`);
        expect(maskedPhone(`0${head}-${one}${tail}`)).toBe(`0${head}-****${tail}`);
        // A digit less between is not told either.
        expect(maskedPhone(`0${head}-${other.slice(1)}${tail}`)).toBe(`0${head}-****${tail}`);
      }),
    );
  });
});

describe('where an order goes', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 30 });
  const maybe = fc.option(texts);
  const whole = { recipientName: texts, phone: phones, province: texts, city: texts, district: texts, detail: texts };
  const addresses: fc.Arbitrary<Destination['address']> = fc.record(
    { ...whole, street: maybe, postalCode: maybe, nationalCode: maybe },
    { requiredKeys: ['recipientName', 'phone', 'province', 'city', 'district', 'detail'] },
  );
  const buyerId: UserId = 'user_ana';
  const seenBy = (viewerId: UserId | null, address: Destination['address']): unknown =>
    deliverySeenBy(viewerId, { buyerId, delivery: deliveryOf(deliveryText({ address })) });

  it('comes out of its text as it went in, with null for what is missing, and its buyer sees all of it', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const missing = { street: null, postalCode: null, nationalCode: null };
        expect(seenBy(buyerId, address)).toEqual({ address: { ...missing, ...address } });
      }),
    );
  });

  it('looks the same to everybody else if it differs only in what is hidden', () => {
    const shown = fc.record({
      ...{ family: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), head: digits(3), tail: digits(4) },
      ...{ province: texts, city: texts, district: texts, nationalCode: maybe },
    });
    const hidden = fc.record({
      ...{ given: fc.string({ unit: 'binary', minLength: 1 }), middle: digits(4) },
      ...{ street: maybe, detail: texts, postalCode: maybe },
    });
    const viewers = fc.constantFrom<UserId | null>(null, 'user_bo');
    fc.assert(
      fc.property(viewers, shown, hidden, hidden, (viewerId, { family, head, tail, ...region }, ...two) => {
        const [one, other] = two.map(({ given, middle, ...rest }) =>
          seenBy(viewerId, { recipientName: family + given, phone: head + middle + tail, ...region, ...rest }),
        );
        expect(one).toEqual(other);
      }),
    );
  });
});
