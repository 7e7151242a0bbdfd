/** A multipart form that lets somebody without keys store one object of a known size and type. */
export interface UploadForm {
  /** Where it is posted to. */
  readonly url: string;
  /** The fields of the form, word for word and before the file, which is called `file`. */
  readonly fields: readonly FormField[];
}

export interface FormField {
  readonly name: string;
  readonly value: string;
}

/** What a form lets in: exactly this, until then. */
export interface UploadPromise {
  readonly key: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Since when and until when, in machine time, which the storage shares. */
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** What is known of an object without reading it. */
export interface ObjectHead {
  readonly sizeBytes: number;
  readonly contentType: string;
}

export interface ListedObject {
  readonly key: string;
  readonly modifiedAt: Date;
}

/** An object to keep, as it is served. */
export interface NewObject {
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
  readonly cacheControl: string;
}

/**
 * Files outside the database, by key. Every method but those that sign asks the storage and may throw `StorageError`; all can be repeated.
 * None of them belongs inside a transaction.
 */
export abstract class ObjectStorage {
  /** The same form for the same promise, made without asking the storage. */
  abstract presignPost(promise: UploadPromise): UploadForm;

  /** An address at which anybody may read one object for so many seconds from then on, made without asking the storage. */
  abstract presignGet(key: string, startsAt: Date, seconds: number): string;

  /** Null if there is no such object. */
  abstract head(key: string): Promise<ObjectHead | null>;

  /** The first `bytesMax` bytes, or as many as there are; null if there is no such object. Whoever wants no more than n asks for n + 1. */
  abstract read(key: string, bytesMax: number): Promise<Buffer | null>;

  /** Stores it, in place of what had the key before. */
  abstract put(object: NewObject): Promise<void>;

  /** Nothing happens if there is no such object. */
  abstract remove(key: string): Promise<void>;

  /** Every object whose key begins so, a page at a time, in the order of the keys. */
  abstract list(prefix: string): AsyncGenerator<readonly ListedObject[]>;
}

/** The storage did not do what it was asked, or nobody can tell. The same may succeed later. */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  /** @param call method and path; never the query or a header, which carry signatures */
  constructor(
    call: string,
    readonly code: string,
    httpStatus: number | null,
    cause?: unknown,
  ) {
    super(`${call}: ${code} (${httpStatus === null ? 'no reply' : `HTTP ${httpStatus}`})`, { cause });
  }
}
