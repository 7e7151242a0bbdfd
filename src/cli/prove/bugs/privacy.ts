import type { SeededBug } from '../bug.js';

const ADDRESSES = 'test/identity/contact/addresses.test.ts';
const CONSENTS = 'test/privacy/consents.test.ts';
const ERASURE = 'test/privacy/erasure.test.ts';
const PHONES = 'test/identity/contact/phones.test.ts';
const PERSONAL_DATA = 'test/privacy/personal-data.test.ts';

export const PRIVACY: readonly SeededBug[] = [
  {
    name: 'a consent to one text counts for another',
    file: 'src/privacy/consent.rules.ts',
    search: "newest?.kind === 'GIVEN' && newest.version === version",
    replace: "newest?.kind === 'GIVEN'",
    caughtBy: { file: CONSENTS, test: 'to a text that has changed since does not cover the new one' },
  },
  {
    name: 'names are shown of people who do not agree to it',
    file: 'src/privacy/profile.loaders.ts',
    search: "    .andWhere(hasAgreed('user.id', 'SHOW_PROFILE'))\n",
    replace: '',
    caughtBy: { file: CONSENTS, test: 'SHOW_PROFILE: others see a masked name' },
  },
  {
    name: 'what was kept by a consent stays when it is taken back',
    file: 'src/privacy/consents.service.ts',
    search: 'for (const holder of this.holders.all) await holder.forget(db, userId, purpose);',
    replace: '',
    caughtBy: { file: CONSENTS, test: 'what was kept for it alone is deleted with the consent' },
  },
  {
    name: 'addresses are kept of people who do not agree to it',
    file: 'src/identity/contact/addresses.service.ts',
    search: "      await this.consents.require(db, userId, 'ADDRESS_BOOK');\n",
    replace: '',
    caughtBy: { file: ADDRESSES, test: 'comes first, and the same request is taken once it is given' },
  },
  {
    name: 'a telephone number stays when its consent is taken back',
    file: 'src/identity/contact/contact.personal-data.ts',
    search: "    if (purpose === 'PHONE') await this.phones.forget(db, userId);\n",
    replace: '',
    caughtBy: { file: PHONES, test: 'takes the number with it at once' },
  },
  {
    name: 'customer service finds people by their number unseen',
    file: 'src/identity/contact/phones.service.ts',
    search: "    await this.looks.note(db, { actorId, category: 'PHONE', operation: 'people' }, ids);\n",
    replace: '    void [actorId, ids];\n',
    caughtBy: { file: PHONES, test: 'is told that somebody looked' },
  },
  {
    name: 'pictures stay of somebody who has erased the account',
    file: 'src/media/images.service.ts',
    search: 'for (const image of images) await this.#delete(db, image);',
    replace: 'await Promise.all([]);',
    caughtBy: { file: ERASURE, test: 'is found nowhere' },
  },
  {
    name: 'an account is erased by whoever has a token',
    file: 'src/privacy/erasure.service.ts',
    search: '    await this.people.confirm(userId, code, address);\n',
    replace: '    void [code, address];\n',
    caughtBy: { file: ERASURE, test: 'without the word, and without the phone' },
  },
  {
    name: 'an account is erased while money is open',
    file: 'src/privacy/erasure.service.ts',
    search: 'if (matters.length > 0)',
    replace: 'if (matters.length > 99)',
    caughtBy: { file: ERASURE, test: 'while a checkout can still be paid' },
  },
  {
    name: 'an order is placed for somebody who has just left',
    file: 'src/orders/placing/placing.service.ts',
    search: '    await holdAccount(db, buyerId);\n',
    replace: '',
    caughtBy: {
      file: 'test/proof/interleavings/interleavings.test.ts',
      test: 'an account that is erased while its owner buys',
    },
  },
  {
    name: 'late money buys a seat for somebody who has left',
    file: 'src/teams/teams.service.ts',
    search: '(await keepsAccount(db, seat.buyerId)) && ',
    replace: '',
    caughtBy: { file: ERASURE, test: 'money that comes for somebody who has erased the account goes back' },
  },
  {
    name: 'the record of a trade keeps the way to the door of somebody who has left',
    file: 'src/orders/delivery/delivery.rules.ts',
    search: 'return JSON.stringify({ version: 1, address: maskedAddress(address) });',
    replace: 'return JSON.stringify({ version: 1, address });',
    caughtBy: { file: ERASURE, test: 'leaves the record of a trade with a masked delivery' },
  },
  {
    name: 'operators look at people unseen',
    file: 'src/privacy/look.loaders.ts',
    search: '  await insertLooks(db, looks);\n',
    replace: '',
    caughtBy: { file: PERSONAL_DATA, test: 'is kept when an operator is told' },
  },
  {
    name: 'an old login opens the archive of everything',
    file: 'src/privacy/exports.service.ts',
    search: 'if (startedAt < secondsAfter(this.machine.now(), -FRESH_LOGIN_SECONDS)) throw loginTooOld();',
    replace: 'void [startedAt, loginTooOld];',
    caughtBy: { file: PERSONAL_DATA, test: 'wants a login of the last ten minutes' },
  },
  {
    name: 'an address is forgotten so long after the order was placed, not after it was over',
    file: 'src/retention.ts',
    search: '\n        AND (SELECT MAX(moved_at) FROM status_move WHERE subject_id = orders.id) < ?',
    replace: '',
    caughtBy: { file: 'test/privacy/retention.test.ts', test: 'placed long ago and over since yesterday' },
  },
];
