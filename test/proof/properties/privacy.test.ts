import { describe, expect, it } from '@jest/globals';
import type { ConsentPurpose } from '#common';
import { ASKED, type Consent, newestByPurpose, stands } from '#privacy';
import {
  anonymousText,
  deliveryOf,
  deliverySeenBy,
  deliveryText,
} from '../../../src/orders/delivery/delivery.rules.js';
import { aDelivery } from '../../support/deliveries.js';
import { fc } from './seeded.js';

type Act = Pick<Consent, 'purpose' | 'kind' | 'version'>;

const VERSIONS_MAX = 4;
const purposes = fc.constantFrom(...(Object.keys(ASKED) as ConsentPurpose[]));
const versions = fc.integer({ min: 1, max: VERSIONS_MAX });
const logs: fc.Arbitrary<Act[]> = fc.array(
  fc.record({ purpose: purposes, kind: fc.constantFrom('GIVEN' as const, 'WITHDRAWN' as const), version: versions }),
  { maxLength: 30 },
);

/** What a person would say of it who has kept count by hand. */
function byHand(log: readonly Act[], purpose: ConsentPurpose, version: number): boolean {
  let agreed: number | null = null;
  for (const act of log) if (act.purpose === purpose) agreed = act.kind === 'GIVEN' ? act.version : null;
  return agreed === version;
}

const standing = (log: readonly Act[], purpose: ConsentPurpose, version: number): boolean =>
  stands(newestByPurpose(log).get(purpose) ?? null, version);

describe('a consent', () => {
  it('stands just when the last that was done for its purpose was to agree to that very text', () => {
    fc.assert(
      fc.property(logs, purposes, versions, (log, purpose, version) => {
        expect(standing(log, purpose, version)).toBe(byHand(log, purpose, version));
      }),
    );
  });

  it('does not stand before it was given, nor for any text once it was taken back, nor for a text that came later', () => {
    fc.assert(
      fc.property(logs, purposes, versions, (log, purpose, version) => {
        expect(
          standing(
            log.filter((act) => act.kind === 'WITHDRAWN'),
            purpose,
            version,
          ),
        ).toBe(false);
        expect(standing([...log, { purpose, kind: 'WITHDRAWN', version }], purpose, version)).toBe(false);
        const given: Act[] = [...log, { purpose, kind: 'GIVEN', version }];
        expect([standing(given, purpose, version), standing(given, purpose, version + 1)]).toEqual([true, false]);
      }),
    );
  });

  it('says nothing of another purpose', () => {
    fc.assert(
      fc.property(logs, purposes, versions, (log, purpose, version) => {
        const own = log.filter((act) => act.purpose === purpose);
        expect(standing(log, purpose, version)).toBe(standing(own, purpose, version));
      }),
    );
  });
});

describe('what stays of a delivery', () => {
  const texts = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
  const deliveries = fc
    .record({ recipientName: texts, detail: texts, street: texts, postalCode: fc.constantFrom('510000', null) })
    .map((address) => aDelivery(address));

  it('is what strangers see of it, and the same when it is taken again', () => {
    fc.assert(
      fc.property(deliveries, (delivery) => {
        const once = anonymousText(deliveryText(delivery));
        const whole = deliveryOf(deliveryText(delivery));
        expect(deliveryOf(once)).toEqual(deliverySeenBy(null, { buyerId: 'user_x', delivery: whole }));
        expect(anonymousText(once)).toBe(once);
      }),
    );
  });
});
