import { type Id, idSuffix, isId } from '#common';
import type { ImageId } from './image.entity.js';
import type { ImageFormat, ImageRendition } from './image-rendition.entity.js';

/** Files as they came: never served, and gone once they have been read. */
export const ORIGINALS = 'originals/';

/** What anybody may fetch who knows the address. The bucket must let strangers read under this, and nothing else. */
const RENDITIONS = 'images/';

const EXTENSIONS: Readonly<Record<ImageFormat, string>> = { WEBP: 'webp', JPEG: 'jpg' };

export function originalKey(id: ImageId): string {
  return ORIGINALS + idSuffix(id);
}

/** Under which all renditions of an image are. */
export function renditionsPrefix(id: ImageId): string {
  return `${RENDITIONS}${idSuffix(id)}/`;
}

export function renditionKey({ imageId, width, format }: Pick<ImageRendition, 'imageId' | 'width' | 'format'>): string {
  return `${renditionsPrefix(imageId)}${width}.${EXTENSIONS[format]}`;
}

/** A key under which anybody may fetch what another module makes; `path` begins with a word of its own. */
export function publicKey(path: string): string {
  return RENDITIONS + path;
}

/** Whose original a key is; null for a key that is not of our making. */
export function imageOfOriginal(key: string): ImageId | null {
  const id: Id = `image_${key.slice(ORIGINALS.length)}`;
  return key.startsWith(ORIGINALS) && isId('image', id) ? id : null;
}
