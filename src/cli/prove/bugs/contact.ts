import type { SeededBug } from '../bug.js';

export const CONTACT: readonly SeededBug[] = [
  {
    name: 'addresses are counted without the lock of their person',
    file: 'src/identity/contact/address-book.ts',
    search: '  await lockAccount(db, userId);\n',
    replace: '',
    caughtBy: { file: 'test/identity/contact/addresses.test.ts', test: 'only so many add as there is room for' },
  },
  {
    name: 'an address book takes one address more than it holds',
    file: 'src/identity/contact/addresses.service.ts',
    search: 'if (book.length >= ADDRESSES_MAX)',
    replace: 'if (book.length > ADDRESSES_MAX)',
    caughtBy: { file: 'test/identity/contact/addresses.test.ts', test: 'an address book holds twenty addresses' },
  },
  {
    name: 'a default address that is removed leaves none behind',
    file: 'src/identity/contact/addresses.service.ts',
    search: '      await settleDefault(db, others, null);\n',
    replace: '',
    caughtBy: {
      file: 'test/identity/contact/addresses.test.ts',
      test: 'is handed on to the newest when it is removed',
    },
  },
  {
    name: 'an order goes to an address of somebody else',
    file: 'src/identity/contact/addresses.service.ts',
    search: 'const entry = await db.findOneBy(Address, { id, userId, removedAt: IsNull() });',
    replace: 'const entry = await db.findOneBy(Address, { id, removedAt: IsNull() });',
    caughtBy: { file: 'test/orders/own-addresses.test.ts', test: 'is not placed if the address is somebody else’s' },
  },
  {
    name: 'operators see whole telephone numbers',
    file: 'src/identity/contact/phones.resolver.ts',
    search: 'return isOneself ? this.phones.phoneOf(user) : null;',
    replace: 'return isOneself || user ? this.phones.phoneOf(user) : null;',
    caughtBy: { file: 'test/identity/contact/phones.test.ts', test: 'is found by an operator, however' },
  },
  {
    name: 'a number from abroad is not masked',
    file: 'src/identity/contact/phone.rules.ts',
    search: "phone.startsWith('+') ?",
    replace: "phone.startsWith('00') ?",
    caughtBy: { file: 'test/identity/contact/phone.rules.test.ts', test: '+85261234567 is masked as' },
  },
  {
    name: 'a telephone number that WeChat told another mini-program is believed',
    file: 'src/wechat/phone.client.ts',
    search: "if (watermark.text('appid') !== this.config.WECHAT_APP_ID)",
    replace: "if (watermark.text('appid') === '')",
    caughtBy: { file: 'test/wechat/phone.client.test.ts', test: 'is not believed with another mini-program' },
  },
];
