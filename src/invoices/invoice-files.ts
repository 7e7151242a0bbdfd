import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { idSuffix, MachineClock, refuse, secondsAfter } from '#common';
import type { StaffId } from '#identity';
import { ImageUploadForm, ObjectStorage } from '#media';
import type { Invoice, InvoiceId } from './invoice.entity.js';
import { FILE_BYTES_MAX, FILE_URL_SECONDS, FORM_GRACE_SECONDS, FORM_SECONDS } from './invoice.limits.js';
import { InvoiceFileMissing, InvoiceFileUnfit } from './invoice.refusals.js';

/** Files as they were posted, until somebody enters them. */
const UPLOADS = 'invoice-uploads/';
/** Files that are kept. Nobody may read them without an address that we have signed. */
const KEPT = 'invoices/';
const PDF = 'application/pdf';
/** Every PDF begins so (ISO 32000-1, 7.5.2). */
const MAGIC = Buffer.from('%PDF-');

export type Colour = 'BLUE' | 'RED';

/** Whose file of what. */
export interface FilePlace {
  readonly invoiceId: InvoiceId;
  readonly staffId: StaffId;
  readonly colour: Colour;
}

/** The files of invoices: private objects in the storage, named after what is in them. None of this belongs inside a transaction. */
@Injectable()
export class InvoiceFiles {
  constructor(
    private readonly storage: ObjectStorage,
    private readonly machine: MachineClock,
  ) {}

  /** A form for one PDF of this size; of each of the staff another, so that nobody enters a colleague's file. */
  formFor(place: FilePlace, sizeBytes: number): ImageUploadForm {
    const startsAt = this.machine.now();
    const endsAt = secondsAfter(startsAt, FORM_SECONDS);
    const promise = { key: uploadKey(place), contentType: PDF, sizeBytes, startsAt, endsAt };
    return ImageUploadForm.of(this.storage.presignPost(promise), endsAt);
  }

  /**
   * Keeps a file that was posted, and says by which hash it is found again.
   *
   * @throws Refused with InvoiceFileMissing or InvoiceFileUnfit; StorageError
   */
  async take(place: FilePlace): Promise<Buffer> {
    const body = await this.storage.read(uploadKey(place), FILE_BYTES_MAX + 1);
    return body ? this.keep(place.invoiceId, body) : refuse(new InvoiceFileMissing());
  }

  /**
   * Keeps a file. The same file again changes nothing.
   *
   * @throws Refused with InvoiceFileUnfit; StorageError
   */
  async keep(invoiceId: InvoiceId, body: Buffer): Promise<Buffer> {
    const isFit = body.length <= FILE_BYTES_MAX && body.subarray(0, MAGIC.length).equals(MAGIC);
    if (!isFit) refuse(new InvoiceFileUnfit());
    const hash = createHash('sha256').update(body).digest();
    const key = keptKey(invoiceId, hash);
    await this.storage.put({ key, body, contentType: PDF, cacheControl: 'private, no-store' });
    return hash;
  }

  /** An address that is good for some minutes. */
  urlOf({ id }: Pick<Invoice, 'id'>, hash: Buffer): string {
    return this.storage.presignGet(keptKey(id, hash), this.machine.now(), FILE_URL_SECONDS);
  }

  /**
   * Removes what was posted and is older than any form: it is kept under another name, or nobody has entered it.
   *
   * @throws StorageError
   */
  async sweepUploads(): Promise<void> {
    const before = secondsAfter(this.machine.now(), -(FORM_SECONDS + FORM_GRACE_SECONDS));
    for await (const page of this.storage.list(UPLOADS))
      for (const { key, modifiedAt } of page) if (modifiedAt < before) await this.storage.remove(key);
  }
}

function uploadKey({ invoiceId, staffId, colour }: FilePlace): string {
  return `${UPLOADS}${idSuffix(invoiceId)}/${idSuffix(staffId)}-${colour.toLowerCase()}`;
}

function keptKey(invoiceId: InvoiceId, hash: Buffer): string {
  return `${KEPT}${idSuffix(invoiceId)}/${hash.toString('hex')}.pdf`;
}
