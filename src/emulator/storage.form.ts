import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { IncomingHttpHeaders } from 'node:http';
import { StorageError } from './storage.errors.js';

/** S3's own limit for everything in front of the file. */
const FIELD_BYTES_MAX = 20_000;

/** What somebody without keys posts: fields, and after them one file. What follows the file is not looked at. */
export interface PostedForm {
  /** By name in lower case, in the order in which they came. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Buffer;
}

/** @throws StorageError if it is no such form */
export async function readForm(headers: IncomingHttpHeaders, body: Buffer): Promise<PostedForm> {
  const fields = new Map<string, string>();
  const files: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    const malformed = (): void => {
      reject(new StorageError('MalformedPOSTRequest'));
    };
    const parser = parserOf(headers);
    parser.on('field', (name, value) => {
      if (files.length > 0) return;
      if (fields.has(name.toLowerCase())) malformed();
      fields.set(name.toLowerCase(), value);
    });
    parser.on('file', (name, stream) => {
      if (name !== 'file') malformed();
      const chunks: Buffer[] = [];
      const place = files.push(Buffer.alloc(0)) - 1;
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => (files[place] = Buffer.concat(chunks)));
    });
    parser.on('error', malformed).on('finish', resolve);
    parser.end(body);
  });
  const fieldBytes = Array.from(fields).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (fieldBytes > FIELD_BYTES_MAX) throw new StorageError('MaxPostPreDataLengthExceeded');
  const [file, ...others] = files;
  if (!file || others.length > 0)
    throw new StorageError('InvalidArgument', 'POST requires exactly one file upload per request.');
  return { fields, file };
}

function parserOf(headers: IncomingHttpHeaders): InstanceType<typeof Busboy> {
  try {
    return new Busboy({ headers: headers as BusboyHeaders });
  } catch {
    throw new StorageError('MalformedPOSTRequest'); // Its only complaint: the type is not multipart, or has no boundary.
  }
}
