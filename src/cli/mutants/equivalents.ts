/** A change that changes nothing that anybody can see, so no test can notice it. */
export interface Equivalent {
  readonly file: string;
  readonly original: string;
  readonly replacement: string;
  readonly because: string;
}

/** One by one. One that fits no change any more, or only changes that tests notice, fails the run. */
export const EQUIVALENTS: readonly Equivalent[] = [
  {
    file: 'src/catalog/stock/stock.rules.ts',
    original: 'a.key < b.key',
    replacement: 'a.key <= b.key',
    because: 'no two totals have the same key',
  },
  {
    file: 'src/identity/name.rules.ts',
    original: "{ granularity: 'grapheme' }",
    replacement: '{}',
    because: 'graphemes are what a segmenter finds if it is not told',
  },
  {
    file: 'src/identity/name.rules.ts',
    original: 'first === undefined || last === undefined',
    replacement: 'first === undefined && last === undefined',
    because: 'a list without a first character has no last one either; the compiler wants both to be asked',
  },
  {
    file: 'src/identity/name.rules.ts',
    original: 'first === undefined',
    replacement: 'false',
    because: 'a list without a first character has no last one either; the compiler wants both to be asked',
  },
  {
    file: 'src/identity/name.rules.ts',
    original: 'last === undefined',
    replacement: 'false',
    because: 'a list without a last character has no first one either; the compiler wants both to be asked',
  },
  {
    file: 'src/media/image.rules.ts',
    original: '/^RIFF[^]{4}WEBP/',
    replacement: '/RIFF[^]{4}WEBP/',
    because: 'it is as long as the part of a file that is looked at, so it fits at the beginning or not at all',
  },
  {
    file: 'src/identity/contact/phone.rules.ts',
    original: '/^1[3-9]\\d{9}$/',
    replacement: '/1[3-9]\\d{9}$/',
    because: 'what is longer than a mobile number is no number, whether or not it is taken for one here',
  },
  {
    file: 'src/identity/contact/phone.rules.ts',
    original: '/^1[3-9]\\d{9}$/',
    replacement: '/^1[3-9]\\d{9}/',
    because: 'what is longer than a mobile number is no number, whether or not it is taken for one here',
  },
  {
    file: 'src/identity/contact/phone.rules.ts',
    original: '/^(0(?:10|2\\d|[3-9]\\d\\d))(\\d+)$/',
    replacement: '/^(0(?:10|2\\d|[3-9]\\d\\d))(\\d+)/',
    because: 'what has something behind its digits is no number, with a hyphen or without',
  },
  {
    file: 'src/identity/contact/phone.rules.ts',
    original: '/^(0\\d+-|\\d{3}).*(\\d{4})$/',
    replacement: '/(0\\d+-|\\d{3}).*(\\d{4})$/',
    because: 'a number as it is kept begins with what is looked for, and the first place is taken',
  },
  {
    file: 'src/identity/contact/phone.rules.ts',
    original: '/^(0\\d+-|\\d{3}).*(\\d{4})$/',
    replacement: '/^(0\\d+-|\\d{3}).*(\\d{4})/',
    because: 'a number as it is kept ends in digits, and as much as there is goes before the last four',
  },
  {
    file: 'src/identity/contact/phone.rules.ts',
    original: '/^(\\+\\d{3}).*(\\d{2})$/',
    replacement: '/(\\+\\d{3}).*(\\d{2})$/',
    because: 'a number from abroad as it is kept has one plus, at its beginning',
  },
  {
    file: 'src/identity/contact/phone.rules.ts',
    original: '/^(\\+\\d{3}).*(\\d{2})$/',
    replacement: '/^(\\+\\d{3}).*(\\d{2})/',
    because: 'a number as it is kept ends in digits, and as much as there is goes before the last two',
  },
  {
    file: 'src/teams/offers/offer.rules.ts',
    original: 'now > startsAt',
    replacement: 'now >= startsAt',
    because: 'when both are the same instant, it does not matter which is taken',
  },
  {
    file: 'src/teams/team.rules.ts',
    original: 'team.expiresAt === null',
    replacement: 'false',
    because: 'any instant is later than null; the compiler wants it to be asked',
  },
  {
    file: 'src/teams/team.rules.ts',
    original: 'a.id < b.id',
    replacement: 'a.id <= b.id',
    because: 'no two seats have the same id',
  },
];
