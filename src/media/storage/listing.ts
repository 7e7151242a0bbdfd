import type { ListedObject } from './object-storage.js';

export interface Listing {
  readonly objects: readonly ListedObject[];
  /** How to ask for the next page; null after the last. */
  readonly next: string | null;
}

/** A page of ListObjectsV2. Its shape is fixed and flat, and the keys are asked for in URL encoding, so nothing in it needs an XML parser. */
export function readListing(xml: string): Listing {
  const objects = Array.from(xml.matchAll(/<Contents>(.*?)<\/Contents>/gs), ([, entry = '']) => ({
    key: decodeURIComponent(textOf(entry, 'Key').replaceAll('+', ' ')),
    modifiedAt: new Date(textOf(entry, 'LastModified')),
  }));
  const isTruncated = textOf(xml, 'IsTruncated') === 'true';
  return { objects, next: isTruncated ? textOf(xml, 'NextContinuationToken') : null };
}

/** The code of an error reply; of anything else the word that says so. */
export function readErrorCode(xml: string): string {
  return /<Code>(\w+)<\/Code>/.exec(xml)?.[1] ?? 'BAD_REPLY';
}

function textOf(xml: string, element: string): string {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  if (text === undefined) throw new Error(`the storage lists objects without ${element}`);
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name]);
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" } as const;
