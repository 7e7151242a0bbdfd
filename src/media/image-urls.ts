import { Injectable } from '@nestjs/common';
import { Config } from '#common';

/** Where clients fetch what the storage keeps. A provider that resizes or signs on the way has another one of these. */
export abstract class ImageUrls {
  /** The address of a public object. */
  abstract urlOf(key: string): string;
}

/** Keys behind one address, of the bucket itself or of a CDN in front of it. */
@Injectable()
export class CdnUrls extends ImageUrls {
  readonly #base: string;

  constructor({ S3_PUBLIC_URL }: Config) {
    super();
    this.#base = S3_PUBLIC_URL.replace(/\/+$/, '');
  }

  override urlOf(key: string): string {
    return `${this.#base}/${key}`;
  }
}
