import { randomUUID } from 'node:crypto';
import { ObjectStorage } from '#media';
import type { Phone } from '../support/phone.js';
import type { Shop } from '../support/shop.js';

export interface UploadForm {
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly fileField: string;
  readonly endsAt: string;
}

export interface ImageAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly id: string;
  readonly status: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly blurhash: string | null;
  readonly small: string | null;
  readonly large: string | null;
  readonly jpeg: string | null;
  readonly uploadForm: UploadForm | null;
  readonly whyRefused: { readonly __typename: string; readonly message: string } | null;
}

const IMAGE = `... on Image { id status width height blurhash small: url(width: 200) large: url(width: 5000) jpeg: url(width: 400, format: JPEG)
  uploadForm { url fields { name value } fileField endsAt } whyRefused { __typename message } }`;
const REFUSAL = '... on Refusal { message }';

export interface Declared {
  readonly type?: 'JPEG' | 'PNG' | 'WEBP' | 'GIF';
  readonly purpose?: string;
  readonly sizeBytes?: number;
  readonly idempotencyKey?: string;
}

/** Begins an upload of a file. */
export function begin(phone: Phone, file: Buffer, declared: Declared = {}): Promise<ImageAnswer> {
  const input = { type: 'JPEG', purpose: 'POST', sizeBytes: file.length, idempotencyKey: randomUUID(), ...declared };
  return phone.ask(
    `mutation ($input: ImageUploadInput!) { imageUpload(input: $input) { __typename ${IMAGE} ${REFUSAL} } }`,
    { input },
  );
}

/** Posts a file as `wx.uploadFile` does: the fields, then the file; gives the status and the storage's code. */
export async function post(
  form: Pick<UploadForm, 'url' | 'fields'>,
  file: Buffer,
  change: Readonly<Record<string, string | null>> = {},
): Promise<string> {
  const body = new FormData();
  const fields = { ...Object.fromEntries(form.fields.map(({ name, value }) => [name, value])), ...change };
  for (const [name, value] of Object.entries(fields)) if (value !== null) body.append(name, value);
  body.append('file', new Blob([new Uint8Array(file)]), 'tmp_abc.jpg');
  const response = await fetch(form.url, { method: 'POST', body });
  const code = /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1];
  return code === undefined ? String(response.status) : `${response.status} ${code}`;
}

export function complete(phone: Phone, imageId: string): Promise<ImageAnswer> {
  return phone.ask(
    `mutation ($input: ImageInput!) { imageUploadComplete(input: $input) { __typename ${IMAGE} ${REFUSAL} } }`,
    { input: { imageId } },
  );
}

export function look(phone: Phone, id: string): Promise<ImageAnswer> {
  return phone.ask(`query ($id: ID!) { image(id: $id) { __typename ${IMAGE} } }`, { id });
}

/** The whole way of a file, as far as it comes. */
export async function upload(shop: Shop, phone: Phone, file: Buffer, declared: Declared = {}): Promise<ImageAnswer> {
  const { id, uploadForm } = await begin(phone, file, declared);
  const posted = await post(uploadForm!, file);
  if (posted !== '204') throw new Error(`the storage answers ${posted}`);
  await complete(phone, id);
  await shop.drain();
  return look(phone, id);
}

/** Every key in the bucket, in order. */
export async function keysIn(shop: Shop): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of shop.get(ObjectStorage).list('')) keys.push(...page.map(({ key }) => key));
  return keys;
}
