import type { Settings } from './options.js';
import { StorageError } from './storage.errors.js';
import type { PostedForm } from './storage.form.js';
import { checkCredential, requireSignature, signatureOf } from './storage.signature.js';

type Condition = Readonly<Record<string, unknown>> | readonly unknown[];

interface Policy {
  readonly expiration: string;
  readonly conditions: readonly Condition[];
}

/** What a form may carry without its policy saying so. */
const FREE_FIELDS = /^(policy|x-amz-signature|x-ignore-.*)$/;

/** Requires a form to carry a policy that the shop has signed, to be in time, and to keep every word of it; and nothing besides. */
export function checkPolicy({ fields, file }: PostedForm, bucket: string, keys: Settings['storage']): void {
  const fieldOf = (name: string): string => {
    const value = fields.get(name);
    if (value === undefined) throw new StorageError('AccessDenied', `The field ${name} is missing`);
    return value;
  };
  const encoded = fieldOf('policy');
  if (fieldOf('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') throw new StorageError('InvalidArgument', 'x-amz-algorithm');
  const stamp = fieldOf('x-amz-date');
  checkCredential(fieldOf('x-amz-credential'), stamp, keys);
  requireSignature(signatureOf(keys, stamp, encoded), fieldOf('x-amz-signature'));

  const { expiration, conditions } = readPolicy(encoded);
  if (!(Date.now() < Date.parse(expiration))) throw broken('Policy expired.');
  const posted = new Map([...fields, ['bucket', bucket]]);
  const named = conditions.map((condition) => keepCondition(condition, posted, file.length));
  const extra = Array.from(fields.keys()).filter((name) => !FREE_FIELDS.test(name) && !named.includes(name));
  if (extra.length > 0) throw broken(`Extra input fields: ${extra.join(', ')}`);
}

function readPolicy(encoded: string): Policy {
  try {
    const policy = JSON.parse(Buffer.from(encoded, 'base64').toString()) as Partial<Policy>;
    if (typeof policy.expiration === 'string' && Array.isArray(policy.conditions)) return policy as Policy;
  } catch {
    // Not JSON at all; said below.
  }
  throw new StorageError('InvalidPolicyDocument');
}

/** @returns the field that the condition is about */
function keepCondition(condition: Condition, posted: ReadonlyMap<string, string>, fileBytes: number): string {
  const [operator, subject, value] = termsOf(condition);
  if (operator === 'content-length-range') {
    if (fileBytes > Number(value)) throw new StorageError('EntityTooLarge');
    if (fileBytes < Number(subject)) throw new StorageError('EntityTooSmall');
    return 'file';
  }
  const name = String(subject).slice(1).toLowerCase();
  const given = posted.get(name);
  const isKept = operator === 'eq' ? given === value : given?.startsWith(String(value));
  if (isKept !== true) throw broken(`Policy Condition failed: ${JSON.stringify(condition)}`);
  return name;
}

/** `{name: value}` is short for `["eq", "$name", value]`. */
function termsOf(condition: Condition): readonly unknown[] {
  const terms = isList(condition)
    ? condition
    : Object.entries(condition).flatMap(([name, value]) => ['eq', `$${name}`, value]);
  const isKnown = ['eq', 'starts-with', 'content-length-range'].includes(String(terms[0]).toLowerCase());
  if (!isKnown || terms.length !== 3) throw new StorageError('InvalidPolicyDocument', JSON.stringify(condition));
  return [String(terms[0]).toLowerCase(), ...terms.slice(1)];
}

function isList(condition: Condition): condition is readonly unknown[] {
  return Array.isArray(condition);
}

function broken(why: string): StorageError {
  return new StorageError('AccessDenied', `Invalid according to Policy: ${why}`);
}
