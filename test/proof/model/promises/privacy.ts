import { hasLiveInvoice } from './invoices.js';
import { IN_HAND } from './records.js';
import type { ConsentPurpose, Purpose } from '#common';
import { strikeAll } from './contact.js';
import type { Model } from './model.js';
import type { Person } from './people.js';
import { isDue } from './refunds.js';

/** docs/PRIVACY.md: who may say no to what. */
const ASKED: readonly Purpose[] = ['SHOW_PROFILE', 'ADDRESS_BOOK', 'PHONE', 'SHARE_WITH_LEADER'];
/** What others see of whoever does not agree to be seen, or has no name. */
const NAMELESS = '微信用户';

export function agrees({ consents }: Person, purpose: ConsentPurpose): boolean {
  return consents.last.get(purpose) === 'GIVEN';
}

/** What agreeing is answered with. */
export function give({ consents }: Person, purpose: Purpose, isTextOfToday: boolean): string {
  if (!isAsked(purpose)) return 'ConsentNotAsked';
  if (!isTextOfToday) return 'ConsentTextChanged';
  if (consents.last.get(purpose) !== 'GIVEN') consents.acts += 1;
  consents.last.set(purpose, 'GIVEN');
  return 'PrivacyConsent';
}

/** What taking a consent back is answered with; what was held for it alone is gone at once. */
export function withdraw({ consents, contact }: Person, purpose: Purpose): string {
  if (!isAsked(purpose)) return 'ConsentNotAsked';
  if (consents.last.get(purpose) !== 'GIVEN') return 'PrivacyConsent';
  consents.acts += 1;
  consents.last.set(purpose, 'WITHDRAWN');
  if (purpose === 'PHONE') contact.phone = null;
  if (purpose === 'ADDRESS_BOOK') strikeAll(contact);
  return 'PrivacyConsent';
}

/** What others see of somebody's name, all of which have two characters. */
export function nameShownOf(person: Person): string {
  const { nickname } = person;
  return nickname !== null && agrees(person, 'SHOW_PROFILE') ? `${nickname.slice(0, 1)}*` : NAMELESS;
}

/** What keeps an account from being erased: how much of each kind is open. */
export function openMatters({ purchases, refunds }: Model, person: Person): ReadonlyMap<string, number> {
  const own = purchases.filter(({ buyer }) => buyer === person);
  const open = own.filter(({ order }) => order === 'AWAITING_TEAM' || order === 'PAID_LATE' || IN_HAND.includes(order));
  const seated = own.filter(
    ({ seat, team }) =>
      (seat === 'HELD' || seat === 'PAID') && (team?.status === 'PENDING' || team?.status === 'FORMING'),
  );
  const owed = refunds.filter((refund) => refund.capture.purchase.buyer === person && isDue(refund));
  const matters = new Map([
    ['UNPAID_CHECKOUT', own.filter(({ checkout }) => checkout === 'HELD').length],
    ['ORDER', open.length],
    ['REFUND', owed.length],
    ['FORMING_TEAM', seated.length],
    ['INVOICE', own.filter(hasLiveInvoice).length],
  ]);
  return new Map([...matters].filter(([, count]) => count > 0));
}

/** The account is gone at once; work forgets whom it has met and shown. */
export function leave(model: Model, person: Person): void {
  Object.assign(person, { hasLeft: true, nickname: null });
  person.session.isOver = true;
  model.later(null, () => {
    for (const { blocks } of model.people) blocks.delete(person);
    for (const picture of person.album.pictures) picture.status = 'DELETED';
  });
}

function isAsked(purpose: Purpose): purpose is ConsentPurpose {
  return ASKED.includes(purpose);
}
