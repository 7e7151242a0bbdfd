import { type KeyObject, sign } from 'node:crypto';

/** What a certificate says of itself. */
export interface CertificateTerms {
  /** Upper-case hexadecimal, 40 digits, the first one from 1 to 7. */
  readonly serialNo: string;
  readonly commonName: string;
  readonly effectiveAtMs: number;
  readonly expiresAtMs: number;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const NULL = 0x05;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const VERSION_FIELD = 0xa0;

/** Object identifiers, already in DER: sha256WithRSAEncryption (1.2.840.113549.1.1.11) and commonName (2.5.4.3). */
const SHA256_WITH_RSA = Buffer.from('06092a864886f70d01010b', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');

/**
 * The PEM of a self-signed X.509 version 3 certificate (RFC 5280), written in DER (X.690): just what WeChat Pay's platform
 * certificates are used for, a key with a serial number and an end.
 */
export function selfSigned(terms: CertificateTerms, privateKey: KeyObject, publicKey: KeyObject): string {
  const algorithm = der(SEQUENCE, SHA256_WITH_RSA, der(NULL));
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from(terms.commonName)))));
  const toBeSigned = der(
    SEQUENCE,
    der(VERSION_FIELD, der(INTEGER, Buffer.from([2]))),
    der(INTEGER, Buffer.from(terms.serialNo, 'hex')),
    algorithm,
    name,
    der(SEQUENCE, time(terms.effectiveAtMs), time(terms.expiresAtMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  // A bit string starts with the number of bits that its last byte does not use.
  const signature = der(BIT_STRING, Buffer.from([0]), sign('sha256', toBeSigned, privateKey));
  const base64 = der(SEQUENCE, toBeSigned, algorithm, signature).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
}

/** Tag, length, content. A length below 128 is one byte; a longer one says first in how many bytes it is written. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const hex = body.length.toString(16);
  const length = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

/** Whole seconds of UTC; from 2050 on with a year of four digits (RFC 5280, 4.1.2.5). */
function time(instantMs: number): Buffer {
  const digits = new Date(instantMs).toISOString().slice(0, 19).replaceAll(/\D/g, '');
  const isShort = digits < '2050';
  return der(isShort ? UTC_TIME : GENERALIZED_TIME, Buffer.from(`${isShort ? digits.slice(2) : digits}Z`));
}
