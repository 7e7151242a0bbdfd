import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Rsa } from 'wechatpay-axios-plugin';
import {
  decryptResource,
  encryptField,
  isSignatureOf,
  paySign,
  signatureOf,
  verifySignature,
} from '../../src/wechat/crypto.js';
import { signedHeaders } from './channel.js';
import { vectors } from './vectors.js';

const secret = (text: string) => createSecretKey(Buffer.from(text, 'utf8'));

describe('our signatures', () => {
  it.each(vectors.signing)('are those of $id, to the bit', (vector) => {
    const { privateKeyPem, publicKeyPem, message, signatureB64 } = vector;
    expect(signatureOf(createPrivateKey(privateKeyPem), Buffer.from(message))).toBe(signatureB64);
    expect(isSignatureOf(createPublicKey(publicKeyPem), Buffer.from(message), signatureB64)).toBe(true);
    expect(isSignatureOf(createPublicKey(publicKeyPem), Buffer.from(`${message} `), signatureB64)).toBe(false);
  });

  it('are verified with the key that made them and no other', () => {
    const { anotherPublicKeyPem, message, signatureB64 } = vectors.signing.find(
      ({ anotherPublicKeyPem }) => anotherPublicKeyPem,
    )!;
    expect(isSignatureOf(createPublicKey(anotherPublicKeyPem!), Buffer.from(message), signatureB64)).toBe(false);
  });

  it('are verified with a certificate, and not over another text', () => {
    const { certificatePem, serial, message, signatureB64, mustFailMessages } = vectors.verification;
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.serialNumber).toBe(serial);
    expect(isSignatureOf(certificate.publicKey, Buffer.from(message), signatureB64)).toBe(true);
    for (const wrong of mustFailMessages) {
      expect(isSignatureOf(certificate.publicKey, Buffer.from(wrong), signatureB64)).toBe(false);
    }
  });

  it('for a mini-program are not those for an app', () => {
    const { appid, timestamp, nonceStr, prepayId } = vectors.paySign;
    const { privateKeyPem, publicKeyPem } = vectors.signing[0]!;
    const now = new Date(Number(timestamp) * 1_000);
    const signature = paySign(createPrivateKey(privateKeyPem), appid, prepayId, nonceStr, now).paySign;
    expect(Rsa.verify(vectors.paySign.message, signature, publicKeyPem)).toBe(true);
    expect(Rsa.verify(vectors.paySignOfApps.message, signature, publicKeyPem)).toBe(false);
  });
});

describe('the published key pairs', () => {
  it.each(vectors.keyPairs)("of $id sign as the merchant and are verified by the merchant's certificate", (pair) => {
    const certificate = new X509Certificate(pair.merchantCertificatePem);
    expect(certificate.serialNumber).toBe(pair.merchantSerial);
    const bytes = Buffer.from('好团');
    expect(
      isSignatureOf(certificate.publicKey, bytes, signatureOf(createPrivateKey(pair.merchantPrivateKeyPem), bytes)),
    ).toBe(true);
  });

  it.each(vectors.keyPairs)("of $id name the channel's certificate by its serial number", (pair) => {
    const certificate = new X509Certificate(pair.wechatpayCertificatePem);
    expect(certificate.serialNumber).toBe(pair.wechatpaySerial);
    if (pair.wechatpayPrivateKeyPem === undefined) return;
    const headers = signedHeaders('{}', {
      key: createPrivateKey(pair.wechatpayPrivateKeyPem),
      keyId: pair.wechatpaySerial,
    });
    const keys = new Map<string, KeyObject>([[certificate.serialNumber, certificate.publicKey]]);
    expect(() => {
      verifySignature(keys, headers, Buffer.from('{}'), new Date(Number(headers['wechatpay-timestamp']) * 1_000));
    }).not.toThrow();
  });
});

describe('what the channel encrypts for us', () => {
  it.each([...vectors.aes128, ...vectors.certificates.filter(({ keyUtf8 }) => keyUtf8.length === 16)])(
    'is refused in $id, whose key is too short for AES-256',
    ({ keyUtf8, nonce, aad, ciphertextB64 }) => {
      const resource = { nonce, associatedData: aad, ciphertext: ciphertextB64 };
      expect(() => decryptResource(secret(keyUtf8), resource)).toThrow('key length');
    },
  );

  it('is refused in the published notification, whose key is too short as well', () => {
    const { apiv3Key, body } = vectors.notification;
    const { resource } = JSON.parse(body) as { resource: Record<'nonce' | 'associated_data' | 'ciphertext', string> };
    const { nonce, associated_data: associatedData, ciphertext } = resource;
    expect(() => decryptResource(secret(apiv3Key), { nonce, associatedData, ciphertext })).toThrow('key length');
  });

  it.each(vectors.certificates.filter(({ keyUtf8 }) => keyUtf8.length === 32))(
    'is read in $id, a certificate of the serial number that comes with it',
    ({ keyUtf8, nonce, aad, ciphertextB64, plaintext, serialNo }) => {
      const pem = decryptResource(secret(keyUtf8), { nonce, associatedData: aad, ciphertext: ciphertextB64 });
      expect(pem.toString()).toBe(plaintext);
      expect(new X509Certificate(pem).serialNumber).toBe(serialNo);
    },
  );
});

describe('what we encrypt for the channel', () => {
  it.each(vectors.oaep)(
    "opens with the private key of $id, in another's hands",
    ({ privateKeyPem, ciphertextB64, plaintext }) => {
      expect(Rsa.decrypt(ciphertextB64, privateKeyPem)).toBe(plaintext);
      const sealed = encryptField(createPublicKey(privateKeyPem), plaintext);
      expect(sealed).not.toBe(encryptField(createPublicKey(privateKeyPem), plaintext));
      expect(Rsa.decrypt(sealed, privateKeyPem)).toBe(plaintext);
    },
  );
});
