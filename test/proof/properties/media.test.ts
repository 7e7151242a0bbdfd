import { describe, expect, it } from '@jest/globals';
import { newId, secondsAfter } from '#common';
import { imageLife } from '#media';
import { type Image, ImagePurpose, ImageStatus, type ImageType } from '../../../src/media/image.entity.js';
import { imageOfOriginal, originalKey, renditionKey, renditionsPrefix } from '../../../src/media/image.keys.js';
import {
  DAILY_UPLOADS_MAX,
  FRAMES_MAX,
  OPEN_UPLOADS_MAX,
  PIXELS_MAX,
  PROCESSING_SECONDS_MAX,
  PURPOSES,
  SIDE_MAX,
  UPLOAD_GRACE_SECONDS,
} from '../../../src/media/image.limits.js';
import {
  canUpload,
  nearestWidth,
  overdueEnd,
  renditionWidths,
  typeOfBytes,
  whyNotDecode,
  whyNotUpload,
} from '../../../src/media/image.rules.js';
import { readListing } from '../../../src/media/storage/listing.js';
import { policyFields } from '../../../src/media/storage/post-policy.js';
import { signerOf } from '../../../src/media/storage/signature.js';
import { itLives } from './lives.js';
import { fc } from './seeded.js';

itLives('an image', imageLife, {
  first: 'PENDING',
  ends: ['REFUSED', 'EXPIRED', 'DELETED'],
  ways: [
    ['PENDING', 'PROCESSING', 'READY', 'DELETED'],
    ['PENDING', 'PROCESSING', 'REFUSED'],
    ['PENDING', 'REFUSED'],
    ['PENDING', 'EXPIRED'],
    ['PENDING', 'DELETED'],
    ['PROCESSING', 'DELETED'],
  ],
  never: [
    ['PROCESSING', 'PENDING'],
    ['PROCESSING', 'EXPIRED'],
    ['READY', 'REFUSED'],
    ['READY', 'PROCESSING'],
    ['REFUSED', 'READY'],
  ],
});

const purpose = fc.constantFrom(...Object.values(ImagePurpose));
const pixels = fc.integer({ min: 1, max: 2 * SIDE_MAX });
const NOW = new Date('2026-11-21T12:00:00Z');
const around = fc
  .integer({ min: -3 * PROCESSING_SECONDS_MAX, max: PROCESSING_SECONDS_MAX })
  .map((s) => secondsAfter(NOW, s));

describe('an upload', () => {
  it('is let in just when its purpose takes it, and its person has room for it: today and at once', () => {
    fc.assert(
      fc.property(
        fc.record({ purpose, sizeBytes: fc.integer({ min: 1, max: 30_000_000 }) }),
        fc.record({ open: fc.nat(2 * OPEN_UPLOADS_MAX), today: fc.nat(2 * DAILY_UPLOADS_MAX) }),
        (file, tally) => {
          const fits = file.sizeBytes <= PURPOSES[file.purpose].bytesMax;
          const hasRoom = tally.open < OPEN_UPLOADS_MAX && tally.today < DAILY_UPLOADS_MAX;
          expect(whyNotUpload(file, tally) === null).toBe(fits && hasRoom);
        },
      ),
    );
  });

  it('ends as its life allows, never before its form does, and once it is overdue it stays so', () => {
    const status = fc.constantFrom(...Object.values(ImageStatus));
    fc.assert(
      fc.property(
        status,
        around,
        fc.option(around),
        fc.nat(PROCESSING_SECONDS_MAX),
        (from, uploadUntil, uploadedAt, wait) => {
          const image = { status: from, uploadUntil, uploadedAt };
          const end = overdueEnd(image, NOW);
          if (end === null) return;
          expect(imageLife.allows(from, end)).toBe(true);
          expect(canUpload(image, NOW)).toBe(false);
          expect(overdueEnd(image, secondsAfter(NOW, wait))).toBe(end);
        },
      ),
    );
  });

  it('is given the whole time of its form and the grace after it, and a file a whole day', () => {
    fc.assert(
      fc.property(around, (at) => {
        const pending: Pick<Image, 'status' | 'uploadUntil' | 'uploadedAt'> = {
          status: 'PENDING',
          uploadUntil: at,
          uploadedAt: null,
        };
        const graceEnds = secondsAfter(at, UPLOAD_GRACE_SECONDS);
        expect(overdueEnd(pending, new Date(graceEnds.getTime() - 1))).toBeNull();
        expect(overdueEnd(pending, graceEnds)).toBe('EXPIRED');
        const processing = { ...pending, status: 'PROCESSING' as const, uploadedAt: at };
        const dayEnds = secondsAfter(at, PROCESSING_SECONDS_MAX);
        expect(overdueEnd(processing, new Date(dayEnds.getTime() - 1))).toBeNull();
        expect(overdueEnd(processing, dayEnds)).toBe('REFUSED');
      }),
    );
  });
});

describe('what a file is', () => {
  const HEADS: Readonly<Record<ImageType, number[]>> = {
    JPEG: [0xff, 0xd8, 0xff],
    PNG: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    GIF: [...Buffer.from('GIF89a')],
    WEBP: [...Buffer.from('RIFF1234WEBP')],
  };
  const head = fc.constantFrom(...(Object.entries(HEADS) as [ImageType, number[]][]));

  it('is told by its first bytes alone, whatever follows', () => {
    fc.assert(
      fc.property(head, fc.uint8Array(), ([type, bytes], tail) => {
        expect(typeOfBytes(new Uint8Array([...bytes, ...tail]))).toBe(type);
      }),
    );
  });

  it('is nothing that we take when any bit of them is turned or one of them is missing', () => {
    fc.assert(
      fc.property(head, fc.nat(200), ([type, bytes], bit) => {
        const turned = [...bytes];
        const place = Math.floor(bit / 8) % bytes.length;
        // The size inside a WebP may be anything, and a GIF may be of 1987.
        fc.pre(!(type === 'WEBP' && place >= 4 && place < 8) && !(type === 'GIF' && place === 4));
        turned[place] = bytes[place]! ^ (1 << (bit % 8));
        expect(typeOfBytes(new Uint8Array(turned))).toBeNull();
        expect(typeOfBytes(new Uint8Array(bytes.slice(0, -1)))).toBeNull();
      }),
    );
  });

  it('is decoded just when its pixels and frames are within bounds', () => {
    fc.assert(
      fc.property(pixels, pixels, fc.integer({ min: 1, max: 2 * FRAMES_MAX }), (width, height, frames) => {
        const fits = Math.max(width, height) <= SIDE_MAX && width * height <= PIXELS_MAX && frames <= FRAMES_MAX;
        expect(whyNotDecode({ width, height, frames }) === null).toBe(fits);
      }),
    );
  });
});

describe('the widths of an image', () => {
  it('grow, are none wider than the image, and end with the widest that its purpose has use for', () => {
    fc.assert(
      fc.property(purpose, pixels, (what, width) => {
        const made = renditionWidths(what, width);
        const widest = Math.max(...PURPOSES[what].widths);
        expect(made).toEqual(Array.from(new Set(made)).toSorted((a, b) => a - b));
        expect(made.at(-1)).toBe(Math.min(width, widest));
        expect(made.slice(0, -1).every((each) => PURPOSES[what].widths.includes(each))).toBe(true);
      }),
    );
  });

  it('offer the narrowest that is wide enough, else the widest, in whichever order they come', () => {
    fc.assert(
      fc.property(fc.uniqueArray(pixels, { maxLength: 8 }), pixels, (widths, asked) => {
        const chosen = nearestWidth(widths, asked);
        const enough = widths.filter((width) => width >= asked);
        const expected = enough.length > 0 ? Math.min(...enough) : Math.max(...widths);
        expect(chosen).toBe(widths.length === 0 ? null : expected);
        expect(nearestWidth(widths.toReversed(), asked)).toBe(chosen);
      }),
    );
  });
});

describe('keys in the storage', () => {
  it('lead from an original back to its image and from nothing else, and no image’s renditions lie among another’s', () => {
    fc.assert(
      fc.property(pixels, fc.string(), (width, noise) => {
        const [id, other] = [newId('image'), newId('image')];
        expect(imageOfOriginal(originalKey(id))).toBe(id);
        const rendition = renditionKey({ imageId: id, width, format: 'WEBP' });
        expect(rendition.startsWith(renditionsPrefix(id))).toBe(true);
        expect(rendition.startsWith(renditionsPrefix(other))).toBe(false);
        expect([
          imageOfOriginal(rendition),
          imageOfOriginal(`${originalKey(id)}${noise}x`),
          imageOfOriginal(noise),
        ]).toEqual([null, null, null]);
      }),
    );
  });

  it('are read from a list as they were written, whatever stands in them', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (keys) => {
        const entries = keys.map(
          (key) =>
            `<Contents><Key>${encodeURIComponent(key)}</Key><LastModified>2026-11-21T12:00:00.000Z</LastModified></Contents>`,
        );
        const xml = `<ListBucketResult><IsTruncated>false</IsTruncated>${entries.join('')}</ListBucketResult>`;
        expect(readListing(xml)).toEqual({ objects: keys.map((key) => ({ key, modifiedAt: NOW })), next: null });
      }),
    );
  });
});

describe('a form', () => {
  it('is the same for the same promise, and another for any other', () => {
    const promise = fc.record({
      key: fc.constantFrom('originals/1', 'originals/2'),
      contentType: fc.constantFrom('image/png', 'image/gif'),
      sizeBytes: fc.integer({ min: 1, max: 3 }),
      startsAt: fc.constantFrom(NOW, secondsAfter(NOW, 1)),
      endsAt: fc.constantFrom(secondsAfter(NOW, 900), secondsAfter(NOW, 901)),
    });
    const signer = signerOf('AKID', 'secret', 'dev');
    fc.assert(
      fc.property(promise, promise, (one, two) => {
        const signatures = [one, two].map(
          (each) => policyFields(signer, 'pictures', each).find(({ name }) => name === 'x-amz-signature')!.value,
        );
        expect(signatures[0] === signatures[1]).toBe(JSON.stringify(one) === JSON.stringify(two));
      }),
    );
  });
});
