import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Rsa } from 'wechatpay-axios-plugin';
import { isRequestSigned, readClaim, sealed, SigningKey, verifies } from '../../src/emulator/crypto.js';
import { selfSigned } from '../../src/emulator/x509.js';
import { vectors } from '../wechat/vectors.js';

describe("WeChat's signatures", () => {
  it.each(vectors.signing)('are those of $id, to the bit', ({ privateKeyPem, publicKeyPem, message, signatureB64 }) => {
    expect(new SigningKey(privateKeyPem, 'KEY').sign(message)).toBe(signatureB64);
    expect(verifies(createPublicKey(publicKeyPem), message, signatureB64)).toBe(true);
    expect(verifies(createPublicKey(publicKeyPem), `${message} `, signatureB64)).toBe(false);
  });

  it('are verified with a certificate, and not over another text', () => {
    const { certificatePem, message, signatureB64, mustFailMessages } = vectors.verification;
    const key = new X509Certificate(certificatePem).publicKey;
    expect(verifies(key, message, signatureB64)).toBe(true);
    for (const wrong of mustFailMessages) expect(verifies(key, wrong, signatureB64)).toBe(false);
  });

  it.each(vectors.keyPairs)('stand in headers that the certificate of $id verifies', (pair) => {
    if (pair.wechatpayPrivateKeyPem === undefined) {
      expect(new X509Certificate(pair.wechatpayCertificatePem).serialNumber).toBe(pair.wechatpaySerial);
      return;
    }
    const headers = new SigningKey(pair.wechatpayPrivateKeyPem, pair.wechatpaySerial).headers('{"名":1.0}');
    const text = `${headers['wechatpay-timestamp']!}\n${headers['wechatpay-nonce']!}\n{"名":1.0}\n`;
    expect(headers['wechatpay-serial']).toBe(new X509Certificate(pair.wechatpayCertificatePem).serialNumber);
    expect(Rsa.verify(text, headers['wechatpay-signature']!, pair.wechatpayCertificatePem)).toBe(true);
  });
});

describe("a merchant's request", () => {
  const { mchid, serialNo, nonceStr, timestamp, headerPrefix, cases } = vectors.authorization;
  const { privateKeyPem, publicKeyPem } = vectors.signing[0]!;

  it.each(cases)(
    'of $method with body $body is known by the published header and text',
    ({ method, url, body, sign_string }) => {
      const signature = Rsa.sign(sign_string, createPrivateKey(privateKeyPem));
      const claim = readClaim(`${headerPrefix}${signature}"`);
      expect(claim).toEqual({ mchId: mchid, serialNo, nonce: nonceStr, timestamp, signature });
      expect(isRequestSigned(createPublicKey(publicKeyPem), claim!, method, url, body)).toBe(true);
      expect(isRequestSigned(createPublicKey(publicKeyPem), claim!, method, url, `${body} `)).toBe(false);
    },
  );
});

describe('what WeChat encrypts', () => {
  const certificates = vectors.certificates.filter(({ keyUtf8 }) => keyUtf8.length === 32);
  it.each([...vectors.aes256, ...certificates])('is that of $id, to the bit', (vector) => {
    const { keyUtf8, aad, plaintext, nonce, ciphertextB64 } = vector;
    expect(sealed(keyUtf8, aad, plaintext, nonce)).toMatchObject({
      nonce,
      associated_data: aad,
      ciphertext: ciphertextB64,
    });
  });

  it.each(vectors.aes128)('is refused the key of $id, which is too short', ({ keyUtf8, aad, plaintext, nonce }) => {
    expect(() => sealed(keyUtf8, aad, plaintext, nonce)).toThrow('key length');
  });

  it.each(vectors.oaep)('for WeChat in $id is read', ({ privateKeyPem, ciphertextB64, plaintext }) => {
    expect(new SigningKey(privateKeyPem, 'KEY').decrypt(ciphertextB64)).toBe(plaintext);
    expect(new SigningKey(vectors.signing[2]!.privateKeyPem, 'KEY').decrypt(ciphertextB64)).toBeUndefined();
  });
});

describe('a platform certificate', () => {
  const privateKey = createPrivateKey(vectors.signing[0]!.privateKeyPem);
  const publicKey = createPublicKey(privateKey);
  const terms = {
    serialNo: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
    commonName: '微信支付',
    effectiveAtMs: Date.parse('2026-11-21T00:00:00Z'),
    expiresAtMs: Date.parse('2031-11-20T00:00:00Z'),
  };

  it('is a self-signed X.509 certificate that says what it was told', () => {
    const certificate = new X509Certificate(selfSigned(terms, privateKey, publicKey));
    expect(certificate.serialNumber).toBe(terms.serialNo);
    expect(certificate.subject).toBe('CN=微信支付');
    expect(certificate.issuer).toBe(certificate.subject);
    expect([certificate.validFrom, certificate.validTo].map((time) => Date.parse(time))).toEqual([
      terms.effectiveAtMs,
      terms.expiresAtMs,
    ]);
    expect(certificate.publicKey.equals(publicKey)).toBe(true);
    expect(certificate.verify(publicKey)).toBe(true);
    expect(certificate.checkIssued(certificate)).toBe(true);
  });

  it('may end after 2049, where X.509 changes how it writes the time', () => {
    const expiresAtMs = Date.parse('2050-01-01T00:00:00Z');
    const certificate = new X509Certificate(selfSigned({ ...terms, expiresAtMs }, privateKey, publicKey));
    expect(Date.parse(certificate.validTo)).toBe(expiresAtMs);
  });
});
