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
])('Accept-Language %p is answered in %s', (acceptLanguage, language) => {
  expect(languageOf(acceptLanguage)).toBe(language);
});
