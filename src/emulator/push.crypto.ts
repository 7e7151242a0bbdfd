import { createCipheriv, createHash, randomBytes } from 'node:crypto';

const BLOCK = 32;

/** How WeChat signs what it pushes: SHA-1 over the sorted texts. */
export function pushSignatureOf(texts: readonly string[]): string {
  const sorted = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return createHash('sha1').update(sorted.join('')).digest('hex');
}

/** How it encrypts it: 16 random bytes, the length, the text and the app, filled up to blocks of 32 bytes, under AES-256-CBC. */
export function encryptedPush(encodingAesKey: string, appId: string, text: string, random = randomBytes(16)): string {
  const message = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(message.length);
  const content = Buffer.concat([random, length, message, Buffer.from(appId)]);
  const fill = BLOCK - (content.length % BLOCK);
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const filled = Buffer.concat([content, Buffer.alloc(fill, fill)]);
  return Buffer.concat([cipher.update(filled), cipher.final()]).toString('base64');
}
