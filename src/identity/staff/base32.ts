import assert from 'node:assert/strict';

/** RFC 4648 6: easy to read aloud and to type, because it has neither 0 nor 1. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS = 5;

/** Bytes as letters and digits, without padding; a multiple of five bytes. */
export function base32(bytes: Buffer): string {
  assert(bytes.length % BITS === 0, 'only whole groups of five bytes are written');
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((group) => ALPHABET.charAt(parseInt(group, 2))).join('');
}

/** The bytes that `base32` wrote. */
export function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(BITS, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((octet) => parseInt(octet, 2)));
}
