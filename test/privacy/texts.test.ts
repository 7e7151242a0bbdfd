import { describe, expect, it } from '@jest/globals';
import { Purpose } from '#common';
import { ASKED, fingerprintOf, NEEDED } from '#privacy';

/** What people have agreed to, or were told. A text that changes gets a new version: a line more, and the old one stays. */
const FINGERPRINTS: Readonly<Record<Purpose, readonly string[]>> = {
  ACCOUNT: ['cc4233c71285e55ef07eb4bcb025819fa8094808219bcb3981e1d3184e2998bc'],
  ORDERS: ['d86e772214e25bdc31e23c8abd374795455568fcdfacc743f27d7b3b6b978ac3'],
  SAFETY: ['13c62b97dcedc92e3941ddbad04aa594a63a5b5e2a0c77c0ff6137a663b43dc2'],
  SHOW_PROFILE: ['0f5732f541daae904c46bd4df0bd45b3ef95715f2a85c4ea2cfc988184902f08'],
  ADDRESS_BOOK: ['7630365cac106eedf9e68215efbc815ce65e3b77ec6805adf7c380879137377c'],
  PHONE: ['2f2d3834d9e69ed94edefa1fee08394929e26184b8fa7335ddd1260368075233'],
  SHARE_WITH_LEADER: ['3005e6732e292b330745a2792e5884ab2e2da1e09becdd66aaec9d1aa94ddd17'],
};

describe('the texts that people are shown', () => {
  it.each(Object.values(Purpose))('of %s are what they were when each version was shown first', (purpose) => {
    const { texts } = { ...NEEDED, ...ASKED }[purpose];
    expect(texts.map(fingerprintOf)).toEqual(FINGERPRINTS[purpose]);
  });

  it('would be found out if they were changed without a new version', () => {
    const [{ zh, en }] = ASKED.PHONE.texts;
    const known = FINGERPRINTS.PHONE[0];
    expect(fingerprintOf({ zh: `${zh} `, en })).not.toBe(known);
    expect(fingerprintOf({ zh, en: en.replace('encrypted', 'as it is') })).not.toBe(known);
    expect(fingerprintOf({ zh: en, en: zh })).not.toBe(known);
  });

  it('say of each purpose that nobody must agree to what happens otherwise, and that it can be taken back', () => {
    for (const { texts } of Object.values(ASKED)) {
      for (const { zh, en } of texts) {
        expect(zh).toMatch(/不同意/);
        expect(zh).toMatch(/随时撤回/);
        expect(en).toMatch(/If not|without/);
        expect(en).toMatch(/take it back at any time/);
      }
    }
  });
});
