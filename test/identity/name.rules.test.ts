import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskName } from '#identity';
import { isNameOfLength, isNameLegible, namelessIn, tidyName } from '../../src/identity/name.rules.js';

const FAMILY = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}';
/** Two people, one of some colour, and a heart: ten units. */
const COUPLE = '\u{1F469}\u{1F3FB}\u200D\u2764\uFE0F\u200D\u{1F468}';
const RAINBOW = '\u{1F3F3}\uFE0F\u200D\u{1F308}';
const SCOTLAND = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}';

describe('a name that is shown to strangers', () => {
  // prettier-ignore
  it.each<[what: string, name: string, mask: string]>([
    ['of one character shows nothing',              '小',               '*'],
    ['of one letter shows nothing',                 'A',                '*'],
    ['of one emoji shows nothing',                  FAMILY,             '*'],
    ['of two shows the first',                      '张三',             '张*'],
    ['of two letters shows the first',              'Al',               'A*'],
    ['of three shows the first and the last',       '张小三',           '张**三'],
    ['of four looks like one of three',             '欧阳小三',         '欧**三'],
    ['of twenty looks like one of three',           '张'.repeat(19) + '三', '张**三'],
    ['in Latin letters',                            'Alexandra',        'A**a'],
    ['in two words',                                'Ana Bo',           'A**o'],
    ['with an accent keeps it',                     'Éloïse Lebrún̈',   'É**n̈'],
    ['in Arabic',                                   'محمد',             'م**د'],
    ['in Hindi, where signs join',                  'क्षमा',              'क्ष*'],
    ['with a rare character outside the first plane', '𠮷田𠀋',         '𠮷**𠀋'],
    ['of two such characters',                      '𠮷野',             '𠮷*'],
    ['with emoji keeps each whole',                 `${FAMILY}小三${RAINBOW}`, `${FAMILY}**${RAINBOW}`],
    ['with flags keeps each whole',                 '🇨🇳我爱🇨🇳',          '🇨🇳**🇨🇳'],
    ['of digits, such as a telephone number',       '13812345678',      '1**8'],
    ['of two characters and a space',               '张 三',            '张*'],
    ['of two characters and a dot',                 '张·三',            '张*'],
    ['of two letters and a line',                   'A|B',              'A*'],
    ['of one character among signs',                '~小~',             '*'],
    ['of signs only',                               '……',               '*'],
    ['that looks masked already',                   '张**三',           '张*'],
    ['that looks masked already, of one',           '张*',              '*'],
    ['that is empty, which none is',                '',                 '*'],
  ])('%s: %s is %s', (_what, name, mask) => {
    expect(maskName(name)).toBe(mask);
  });

  it('is never whole, never longer than two characters and two stars, and never tells more than two', () => {
    const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((name) => name !== '*');
    fc.assert(
      fc.property(names, (name) => {
        const mask = maskName(name);
        expect(mask).not.toBe(name);
        const { length } = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(mask)];
        expect(length).toBeLessThanOrEqual(4);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is another word, in each language, where there is none', () => {
    expect([namelessIn('zh'), namelessIn('en')]).toEqual(['微信用户', 'WeChat user']);
  });
});

describe('a name that is given', () => {
  // prettier-ignore
  it.each<[what: string, given: string, kept: string]>([
    ['with space around it',           '  小三 \n',      '小三'],
    ['with wide space around it',      '\u3000小三\u3000', '小三'],
    ['with space inside',              '张 三',          '张 三'],
    ['decomposed',                     'e\u0301clair',   'éclair'],
    ['of space only',                  ' \u3000\t',      ''],
  ])('%s (%p) is kept as %p', (_what, given, kept) => {
    expect(tidyName(given)).toBe(kept);
  });

  // prettier-ignore
  it.each<[what: string, fits: boolean, name: string]>([
    ['nothing',                                       false, ''],
    ['one character',                                 true,  '小'],
    ['twenty characters',                             true,  '小'.repeat(20)],
    ['twenty-one characters',                         false, '小'.repeat(21)],
    ['twenty of two surrogates each',                 true,  '𠮷'.repeat(20)],
    ['twenty-one of two surrogates each',             false, '𠮷'.repeat(21)],
    ['twenty flags of four units each',               true,  '🇨🇳'.repeat(20)],
    ['one family, of eleven units',                   true,  FAMILY],
    ['twenty of ten units each, which the column just holds', true, COUPLE.repeat(20)],
    ['twenty of which one has eleven',                false, `${FAMILY}${COUPLE.repeat(19)}`],
    ['one character under a hundred accents',         true,  `e${'\u0301'.repeat(100)}`],
    ['one under more than can be stored',             false, `e${'\u0301'.repeat(200)}`],
    ['one chain of pictures without end',             false, `😀${'\u200D😀'.repeat(5_000)}`],
  ])('of %s fits: %p', (_what, fits, name) => {
    expect(isNameOfLength(name)).toBe(fits);
  });

  // prettier-ignore
  it.each<[what: string, isLegible: boolean, name: string]>([
    ['Chinese',                                true,  '桂花糕阿婆'],
    ['signs and space',                        true,  'A. B-C_d (e) · ~'],
    ['a family, joined',                       true,  `${FAMILY}一家`],
    ['a styled heart',                         true,  '\u2764\uFE0F'],
    ['a heart on fire',                        true,  '\u2764\uFE0F\u200D\u{1F525}'],
    ['a hand of some colour',                  true,  '\u{1F44B}\u{1F3FD}'],
    ['a keycap',                               true,  '1\uFE0F\u20E3'],
    ['a flag of letters',                      true,  '🇨🇳'],
    ['the flag of Scotland',                   true,  SCOTLAND],
    ['a letter under two marks',               true,  'ệ\u0323n\u0308\u0301'],
    ['Tibetan, which stacks',                  true,  'བསྒྲུབས'],
    ['a rainbow flag',                         true,  RAINBOW],
    ['a couple with a styled heart',           true,  COUPLE],
    ['an override of direction behind a family', false, `${FAMILY}\u202E`],
    ['a line break',                           false, '小\n三'],
    ['a line separator',                       false, '小\u2028三'],
    ['a tab',                                  false, '小\t三'],
    ['NUL',                                    false, '小\0三'],
    ['DEL',                                    false, '小\u007F三'],
    ['a C1 control',                           false, '小\u0085三'],
    ['an override of direction',               false, '小\u202E三'],
    ['an isolate of direction',                false, '小\u2067三'],
    ['a mark of direction',                    false, '小\u200F三'],
    ['the Arabic mark of direction',           false, '小\u061C三'],
    ['a space of no width',                    false, '小\u200B三'],
    ['a joiner between letters',               false, 'a\u200Db'],
    ['a joiner at the end of an emoji',        false, '😀\u200D'],
    ['a joiner between an emoji and a letter', false, '😀\u200Da'],
    ['a non-joiner',                           false, 'a\u200Cb'],
    ['a word joiner',                          false, 'a\u2060b'],
    ['a byte order mark inside',               false, 'a\uFEFFb'],
    ['a soft hyphen',                          false, 'a\u00ADb'],
    ['a Hangul filler',                        false, '\u3164'],
    ['a blank of Braille',                     false, '\u2800'],
    ['a style without a picture',              false, 'a\uFE0F'],
    ['tags without a flag',                    false, 'a\u{E0061}\u{E0062}'],
    ['a flag with a message of tags',          false, `\u{1F3F4}${'\u{E0061}'.repeat(50)}\u{E007F}`],
    ['more marks than any letter has',         false, `e${'\u0301'.repeat(6)}`],
    ['half a character',                       false, '小\uD842'],
  ])('with %s is shown as it is: %p', (_what, isLegible, name) => {
    expect(isNameLegible(name)).toBe(isLegible);
  });
});
