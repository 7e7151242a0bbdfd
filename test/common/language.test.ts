import { expect, it } from '@jest/globals';
import { languageOf } from '#common';

// prettier-ignore
it.each<[acceptLanguage: string | undefined, language: string]>([
  [undefined,                    'zh'],
  ['',                           'zh'],
  ['zh-CN,zh;q=0.9,en;q=0.8',    'zh'],
  ['en-US,en;q=0.9',             'en'],
  ['EN',                         'en'],
  ['zh;q=0.4, en;q=0.5',         'en'],
  ['en;q=0.5, zh;q=0.5',         'en'], // equally welcome: the one named first
  ['fr-FR, en;q=0.3',            'en'],
  ['fr-FR, de',                  'zh'],
  ['en;q=0',                     'zh'],
  ['en;q=0, zh;q=0',             'zh'],
  ['*',                          'zh'],
  ['en;q=nonsense',              'en'],
  [';;;,,,=;q=',                 'zh'],
  ['EN-us',                      'en'],
  ['zh-Hant-TW, en;q=0.9',       'zh'],
  ['*, en;q=0.1',                'en'],
  ['eng',                        'zh'],
  ['en;q=1.5.2',                 'zh'],
  ['英文',                       'zh'],
])('Accept-Language %p is answered in %s', (acceptLanguage, language) => {
  expect(languageOf(acceptLanguage)).toBe(language);
});

// prettier-ignore
it.each<[what: string, acceptLanguage: string, language: string]>([
  ['one language over and over', 'en,'.repeat(3_500),                    'en'],
  ['English behind all others',  `${'fr;q=1,'.repeat(1_400)}en;q=0.1`,  'en'],
  ['a single word',              'x'.repeat(10_000),                     'zh'],
])('an Accept-Language of ten kilobytes (%s) is answered as well', (_what, acceptLanguage, language) => {
  expect(languageOf(acceptLanguage)).toBe(language);
});
