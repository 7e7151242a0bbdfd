import { createCipheriv, createPublicKey, createSecretKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import {
  buildAuthorization,
  decryptResource,
  paySign,
  SignatureRejected,
  signRequest,
  verifySignature,
} from '../../src/wechat/crypto.js';
import {
  API_V3_KEY,
  CHANNEL_KEY_ID,
  channelKeys,
  merchantKeys,
  NOW,
  NOW_SECONDS,
  signedHeaders,
  strangerKeys,
} from './channel.js';
import { vectors } from './vectors.js';

const secret = (text: string) => createSecretKey(Buffer.from(text, 'utf8'));

describe('signing a request', () => {
  const { mchid, serialNo, nonceStr, timestamp, cases, headerPrefix } = vectors.authorization;

  it.each(cases)('signs $method with body $body as the published layout says', ({ method, url, body, sign_string }) => {
    const request = { method, pathAndQuery: url, timestampSeconds: Number(timestamp), nonce: nonceStr, body };
    const signature = signRequest(merchantKeys.privateKey, request);
    expect(Rsa.verify(sign_string, signature, merchantKeys.publicKey)).toBe(true);

    const merchant = { mchId: mchid, serialNo, privateKey: merchantKeys.privateKey };
    expect(buildAuthorization(merchant, request)).toBe(`${headerPrefix}${signature}"`);
  });

  it('agrees with an independent implementation on a body in Chinese', () => {
    const body = JSON.stringify({ description: '土鸡蛋 30 枚', note: '"\\/\n' });
    const request = {
      method: 'POST',
      pathAndQuery: '/v3/x?a=%E5%9B%A2',
      timestampSeconds: NOW_SECONDS,
      nonce: 'n',
      body,
    };
    const theirs = Rsa.sign(
      Formatter.request('POST', '/v3/x?a=%E5%9B%A2', NOW_SECONDS, 'n', body),
      merchantKeys.privateKey,
    );
    expect(signRequest(merchantKeys.privateKey, request)).toBe(theirs);
  });

  it('signs for the mini-program the text of the official sample', () => {
    const { appid, timestamp, nonceStr, prepayId, message } = vectors.paySign;
    const now = new Date(Number(timestamp) * 1_000 + 999);
    const signature = paySign(merchantKeys.privateKey, appid, prepayId, nonceStr, now);
    expect(signature).toMatchObject({
      timeStamp: timestamp,
      nonceStr,
      package: `prepay_id=${prepayId}`,
      signType: 'RSA',
    });
    expect(Rsa.verify(message, signature.paySign, merchantKeys.publicKey)).toBe(true);
  });
});

describe('verifying a signature', () => {
  const keys = new Map([[CHANNEL_KEY_ID, channelKeys.publicKey]]);
  const body = '{"price":1.0,  "名":"\\u56e2"}';
  const verified = (headers: Record<string, string | string[] | undefined>, bytes = body, now = NOW) => {
    try {
      verifySignature(keys, headers, Buffer.from(bytes), now);
      return 'VERIFIED';
    } catch (error) {
      return (error as SignatureRejected).fault;
    }
  };

  it('accepts the published notification, and not one byte more', () => {
    const { headers, body: text, certificatePem, nowForClockCheck } = vectors.notification;
    const certificate = new X509Certificate(certificatePem);
    const itsKeys = new Map([[certificate.serialNumber, createPublicKey(certificatePem)]]);
    const received = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const now = new Date(nowForClockCheck * 1_000);
    expect(() => {
      verifySignature(itsKeys, received, Buffer.from(text), now);
    }).not.toThrow();
    expect(() => {
      verifySignature(itsKeys, received, Buffer.from(`${text} `), now);
    }).toThrow('MISMATCH');
  });

  it('accepts what the channel signed, an empty body too', () => {
    expect(verified(signedHeaders(body))).toBe('VERIFIED');
    expect(verified(signedHeaders(''), '')).toBe('VERIFIED');
  });

  it('refuses the same JSON written again', () => {
    expect(verified(signedHeaders(body), JSON.stringify(JSON.parse(body)))).toBe('MISMATCH');
  });

  // prettier-ignore
  it.each([
    [-301, 'STALE'], [-300, 'VERIFIED'], [300, 'VERIFIED'], [301, 'STALE'],
  ])('of a signature %i seconds away says %s', (seconds, answer) => {
    expect(verified(signedHeaders(body, { timestampSeconds: NOW_SECONDS + seconds }))).toBe(answer);
  });

  it.each(['', '1e9', '-5', 'NaN', ' 1700000000'])('refuses the timestamp "%s"', (timestamp) => {
    expect(verified({ ...signedHeaders(body), 'wechatpay-timestamp': timestamp })).not.toBe('VERIFIED');
  });

  it('refuses a probe by its name', () => {
    const headers = signedHeaders(body);
    const probe = `WECHATPAY/SIGNTEST/${headers['wechatpay-signature'] ?? ''}`;
    expect(verified({ ...headers, 'wechatpay-signature': probe })).toBe('PROBE');
  });

  it('refuses a key it does not know, a stranger who borrows the name, and a changed nonce', () => {
    expect(verified(signedHeaders(body, { keyId: 'PUB_KEY_ID_OTHER' }))).toBe('UNKNOWN_KEY');
    expect(verified(signedHeaders(body, { key: strangerKeys.privateKey }))).toBe('MISMATCH');
    expect(verified({ ...signedHeaders(body), 'wechatpay-nonce': 'another' })).toBe('MISMATCH');
    expect(verified({ ...signedHeaders(body), 'wechatpay-signature': '%%%' })).toBe('MISMATCH');
  });

  it.each(['wechatpay-timestamp', 'wechatpay-nonce', 'wechatpay-signature', 'wechatpay-serial'])(
    'refuses a message without %s, or with two',
    (name) => {
      const headers = signedHeaders(body);
      expect(verified({ ...headers, [name]: undefined })).toBe('UNSIGNED');
      expect(verified({ ...headers, [name]: [headers[name] ?? '', headers[name] ?? ''] })).toBe('UNSIGNED');
    },
  );
});

describe('decrypting a resource', () => {
  it.each(vectors.aes256)('reads $id', ({ keyUtf8, nonce, aad, ciphertextB64, plaintext }) => {
    const resource = { nonce, associatedData: aad, ciphertext: ciphertextB64 };
    expect(decryptResource(secret(keyUtf8), resource).toString()).toBe(plaintext);
  });

  it('reads what an independent implementation wrote', () => {
    const ciphertext = Aes.AesGcm.encrypt('好团', API_V3_KEY, '0123456789ab', 'transaction');
    const resource = { nonce: '0123456789ab', associatedData: 'transaction', ciphertext };
    expect(decryptResource(secret(API_V3_KEY), resource).toString()).toBe('好团');
  });

  it('refuses a 16-byte key, with which others would fall back to AES-128', () => {
    const { keyUtf8, nonce, aad, ciphertextB64 } = vectors.aes128[0]!;
    const resource = { nonce, associatedData: aad, ciphertext: ciphertextB64 };
    expect(() => decryptResource(secret(keyUtf8), resource)).toThrow('key length');
  });

  it.each([4, 8, 12, 13, 14, 15])('refuses a true tag cut to %i bytes, behind a text and alone', (tagBytes) => {
    for (const text of ['{"forged":true}', '']) {
      const cipher = createCipheriv('aes-256-gcm', API_V3_KEY, '0123456789ab', { authTagLength: 16 });
      const bytes = Buffer.concat([cipher.update(text), cipher.final()]);
      const ciphertext = Buffer.concat([bytes, cipher.getAuthTag().subarray(0, tagBytes)]).toString('base64');
      const resource = { nonce: '0123456789ab', associatedData: '', ciphertext };
      expect(() => decryptResource(secret(API_V3_KEY), resource)).toThrow();
    }
  });

  it.each(['', '====', 'AAAA', Buffer.alloc(15).toString('base64')])(
    'refuses "%s", which has no room for a tag',
    (ciphertext) => {
      const resource = { nonce: '0123456789ab', associatedData: '', ciphertext };
      expect(() => decryptResource(secret(API_V3_KEY), resource)).toThrow('shorter than its tag');
    },
  );

  it('takes base64 with and without its padding as the same bytes', () => {
    const [{ keyUtf8, nonce, aad, ciphertextB64, plaintext }] = vectors.aes256.slice(-1) as [
      (typeof vectors.aes256)[0],
    ];
    expect(ciphertextB64).toMatch(/=$/);
    const resource = { nonce, associatedData: aad, ciphertext: ciphertextB64.replace(/=+$/, '') };
    expect(decryptResource(secret(keyUtf8), resource).toString()).toBe(plaintext);
  });

  it('refuses another associated data, nonce or byte', () => {
    const { keyUtf8, nonce, aad, ciphertextB64 } = vectors.aes256[0]!;
    const flipped = Buffer.from(ciphertextB64, 'base64');
    flipped[0]! ^= 1;
    const resource = { nonce, associatedData: aad, ciphertext: ciphertextB64 };
    expect(() => decryptResource(secret(keyUtf8), { ...resource, associatedData: '' })).toThrow();
    expect(() => decryptResource(secret(keyUtf8), { ...resource, nonce: 'uluk4a9R25RX' })).toThrow();
    expect(() => decryptResource(secret(keyUtf8), { ...resource, ciphertext: flipped.toString('base64') })).toThrow();
  });
});
