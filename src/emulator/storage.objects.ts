import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from './storage.errors.js';

/** All objects together; they are kept in memory, and on disk for the next start. */
const BYTES_MAX = 536_870_912;
const LINE_END = 10;

export interface ObjectFacts {
  readonly key: string;
  readonly contentType: string;
  readonly cacheControl: string | null;
  /** The MD5 of the content, in quotes, as S3 has it. */
  readonly etag: string;
  readonly modifiedAtMs: number;
}

export interface StoredObject extends ObjectFacts {
  readonly body: Buffer;
}

/** The objects of one bucket. On disk each is a file: its facts in a line of JSON, then its bytes. */
export class Objects {
  readonly #objects = new Map<string, StoredObject>();
  #directory = '';

  /** @param directory empty keeps nothing on disk */
  async open(directory: string): Promise<void> {
    this.#directory = directory;
    if (directory === '') return;
    await mkdir(directory, { recursive: true });
    for (const name of await readdir(directory)) {
      if (name.endsWith('.new')) continue; // Cut short; nobody was told that it is stored.
      const content = await readFile(join(directory, name));
      const end = content.indexOf(LINE_END);
      const facts = JSON.parse(content.subarray(0, end).toString()) as ObjectFacts;
      this.#objects.set(facts.key, { ...facts, body: content.subarray(end + 1) });
    }
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  /** Everything whose key begins so, in the order of the keys. */
  list(prefix: string): StoredObject[] {
    const found = Array.from(this.#objects.values()).filter(({ key }) => key.startsWith(prefix));
    return found.sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  async put(object: Pick<StoredObject, 'key' | 'contentType' | 'cacheControl' | 'body'>): Promise<StoredObject> {
    const others = this.list('').filter(({ key }) => key !== object.key);
    const bytes = others.reduce((sum, { body }) => sum + body.length, object.body.length);
    if (bytes > BYTES_MAX) throw new StorageError('StorageFull');
    const etag = `"${createHash('md5').update(object.body).digest('hex')}"`;
    const { body, ...facts } = { ...object, etag, modifiedAtMs: Date.now() };
    if (this.#directory !== '') {
      const file = this.#fileOf(object.key);
      await writeFile(`${file}.new`, Buffer.concat([Buffer.from(`${JSON.stringify(facts)}\n`), body]));
      await rename(`${file}.new`, file);
    }
    this.#objects.set(object.key, { ...facts, body });
    return { ...facts, body };
  }

  async remove(key: string): Promise<void> {
    if (this.#directory !== '') await rm(this.#fileOf(key), { force: true });
    this.#objects.delete(key);
  }

  #fileOf(key: string): string {
    return join(this.#directory, createHash('sha256').update(key).digest('hex'));
  }
}
