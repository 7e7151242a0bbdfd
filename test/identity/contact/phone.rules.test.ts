import { describe, expect, it } from '@jest/globals';
import { isKeptPhone, keptPhone, maskedPhone, normalPhone, PHONE } from '../../../src/identity/contact/phone.rules.js';

describe('a phone number', () => {
  // prettier-ignore
  it.each<[written: string, kept: string]>([
    ['13812345678',                   '13812345678'],
    ['138 1234 5678',                 '13812345678'],
    ['138-1234-5678',                 '13812345678'],
    ['+86 138 1234 5678',             '13812345678'],
    ['+8613812345678',                '13812345678'],
    ['0086 13812345678',              '13812345678'],
    ['（＋８６）１３８－１２３４－５６７８', '13812345678'], // full width
    ['\u202A138 1234 5678\u202C',     '13812345678'], // as a phone's contacts give it
    ['19912345678',                   '19912345678'],
    ['13800861234',                   '13800861234'], // digits inside that a country code begins with
    ['020-81167888',                  '020-81167888'],
    ['02081167888',                   '020-81167888'],
    ['(020) 8116 7888',               '020-81167888'],
    ['+86 20 8116 7888',              '020-81167888'],
    ['+86 (0)20 8116 7888',           '020-81167888'],
    ['010-65001234',                  '010-65001234'],
    ['+86 10 6500 1234',              '010-65001234'],
    ['0755-2612345',                  '0755-2612345'],
    ['075526123456',                  '0755-26123456'],
    ['0991–2345678',                  '0991-2345678'], // an en dash
  ])('written as %j is kept as %s', (written, kept) => {
    expect(normalPhone(written)).toBe(kept);
    expect(kept).toMatch(PHONE);
    expect(normalPhone(kept)).toBe(kept);
  });

  it.each([
    ['', 'nothing'],
    ['138', 'too short'],
    ['138123456789', 'too long'],
    ['12812345678', 'no mobile prefix'],
    ['81167888', 'a landline number without its area code'],
    ['020-1116788', 'a number in the city that begins with 1'],
    ['020-8116788', 'seven digits where there are eight'],
    ['0755-261234', 'six digits'],
    ['021-81167888-123', 'an extension'],
    ['+1 415 555 0100', 'another country'],
    ['+852 2345 6789', 'Hong Kong'],
    ['13812345678 13912345678', 'two numbers'],
    ['1381234567八', 'a digit in words'],
    ['电话13812345678', 'a word before it'],
    ["13812345678'--", 'something behind it'],
    ['110', 'the police'],
  ])('%j is none: %s', (written) => {
    expect(normalPhone(written)).not.toMatch(PHONE);
  });

  it.each([
    ['13812345678', '138****5678'],
    ['020-81167888', '020-****7888'],
    ['0755-2612345', '0755-****2345'],
    ['+85261234567', '+852****67'],
    ['+14155550100', '+141****00'],
    ['+29022222', '+290****22'],
  ])('%s is masked as %s', (phone, masked) => {
    expect(maskedPhone(phone)).toBe(masked);
  });
});

describe('a person’s own number', () => {
  // prettier-ignore
  it.each<[countryCode: string, number: string, kept: string]>([
    ['86',  '13812345678', '13812345678'],
    ['852', '61234567',    '+85261234567'],
    ['1',   '4155550100',  '+14155550100'],
    ['86',  '2081167888',  '+862081167888'],  // no mobile number
    ['852', '13812345678', '+85213812345678'], // looks like one of ours
  ])('of country %s with the digits %s is kept as %s', (countryCode, number, kept) => {
    expect(keptPhone({ countryCode, number })).toBe(kept);
    expect(isKeptPhone(kept)).toBe(true);
    expect(normalPhone(kept)).toBe(kept.replace('+862081167888', '020-81167888'));
  });

  it.each(['', '+', '+86', '+0123456789', '+1234567890123456', '852 61234567', '85261234567', '0+85261234567'])(
    'is not %j',
    (text) => {
      expect(isKeptPhone(text)).toBe(false);
    },
  );
});
