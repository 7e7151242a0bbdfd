import type { FormField, UploadPromise } from './object-storage.js';
import { ALGORITHM, scopeOf, signatureOf, type Signer, stampOf } from './signature.js';

/**
 * The fields of a form that stores exactly what is promised: no other key, type or size, and nothing after it ends.
 * The same promise has the same fields.
 */
export function policyFields(
  signer: Signer,
  bucket: string,
  { key, contentType, sizeBytes, startsAt, endsAt }: UploadPromise,
): FormField[] {
  const stamp = stampOf(startsAt);
  const fixed = {
    'Content-Type': contentType,
    key,
    'x-amz-algorithm': ALGORITHM,
    'x-amz-credential': `${signer.accessKeyId}/${scopeOf(signer, stamp)}`,
    'x-amz-date': stamp,
  };
  const conditions = [
    { bucket },
    ...Object.entries(fixed).map(([name, value]) => ({ [name]: value })),
    ['content-length-range', sizeBytes, sizeBytes],
  ];
  const policy = Buffer.from(JSON.stringify({ expiration: endsAt.toISOString(), conditions })).toString('base64');
  const fields = { ...fixed, policy, 'x-amz-signature': signatureOf(signer, stamp, policy) };
  return Object.entries(fields).map(([name, value]) => ({ name, value }));
}
