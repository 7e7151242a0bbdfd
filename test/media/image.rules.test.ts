import { describe, expect, it } from '@jest/globals';
import { secondsAfter } from '#common';
import {
  DAILY_UPLOADS_MAX,
  FRAMES_MAX,
  OPEN_UPLOADS_MAX,
  PIXELS_MAX,
  PURPOSES,
  SIDE_MAX,
} from '../../src/media/image.limits.js';
import {
  canUpload,
  CONTENT_TYPES,
  nearestWidth,
  renditionWidths,
  typeOfBytes,
  whyNotDecode,
  whyNotUpload,
} from '../../src/media/image.rules.js';

const { bytesMax, widths } = PURPOSES.AVATAR;

describe('a file may be uploaded', () => {
  const upload = (sizeBytes: number, open: number, today: number): string | null =>
    whyNotUpload({ purpose: 'AVATAR', sizeBytes }, { open, today })?.constructor.name ?? null;

  it.each([
    { what: 'as large as its purpose allows', sizeBytes: bytesMax, open: 0, today: 0, why: null },
    { what: 'a byte larger', sizeBytes: bytesMax + 1, open: 0, today: 0, why: 'ImageTooLarge' },
    { what: 'the last of a day', sizeBytes: 1, open: 0, today: DAILY_UPLOADS_MAX - 1, why: null },
    { what: 'one more that day', sizeBytes: 1, open: 0, today: DAILY_UPLOADS_MAX, why: 'TooManyUploads' },
    { what: 'the last that may be open', sizeBytes: 1, open: OPEN_UPLOADS_MAX - 1, today: 0, why: null },
    { what: 'one more beside those', sizeBytes: 1, open: OPEN_UPLOADS_MAX, today: 0, why: 'TooManyOpenUploads' },
  ])('$what: $why', ({ sizeBytes, open, today, why }) => {
    expect(upload(sizeBytes, open, today)).toBe(why);
  });
});

describe('the storage takes it', () => {
  const uploadUntil = new Date('2026-11-21T08:00:00Z');
  it.each([
    { status: 'PENDING', seconds: -0.001, takes: true },
    { status: 'PENDING', seconds: 0, takes: false },
    { status: 'PROCESSING', seconds: -60, takes: false },
    { status: 'DELETED', seconds: -60, takes: false },
  ] as const)('$status, $seconds s after its time: $takes', ({ status, seconds, takes }) => {
    expect(canUpload({ status, uploadUntil }, secondsAfter(uploadUntil, seconds))).toBe(takes);
  });
});

describe('what a file is, is what it begins with', () => {
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
  const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const gif = Buffer.from('GIF89a');
  const webp = Buffer.from('RIFF\0\0\n\0WEBP', 'latin1');

  it.each([
    { type: 'JPEG', bytes: jpeg, contentType: 'image/jpeg' },
    { type: 'PNG', bytes: png, contentType: 'image/png' },
    { type: 'GIF', bytes: gif, contentType: 'image/gif' },
    { type: 'WEBP', bytes: webp, contentType: 'image/webp' },
  ] as const)('$type, served as $contentType', ({ type, bytes, contentType }) => {
    expect([typeOfBytes(bytes), CONTENT_TYPES[type]]).toEqual([type, contentType]);
    // One byte before it, and it is something else.
    expect(typeOfBytes(Buffer.concat([Buffer.from('-'), bytes]))).toBeNull();
  });

  it('an older animation too, and nothing that is none of these', () => {
    expect(typeOfBytes(Buffer.from('GIF87a'))).toBe('GIF');
    for (const text of ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'GIF88a', '%PDF-1.7', ''])
      expect(typeOfBytes(Buffer.from(text))).toBeNull();
  });
});

describe('a picture is decoded', () => {
  it.each([
    { what: 'as wide as may be', width: SIDE_MAX, height: 1, frames: 1, why: null },
    { what: 'wider', width: SIDE_MAX + 1, height: 1, frames: 1, why: 'TOO_MANY_PIXELS' },
    { what: 'as high as may be', width: 1, height: SIDE_MAX, frames: 1, why: null },
    { what: 'higher', width: 1, height: SIDE_MAX + 1, frames: 1, why: 'TOO_MANY_PIXELS' },
    { what: 'of as many pixels as may be', width: 8_000, height: PIXELS_MAX / 8_000, frames: 1, why: null },
    { what: 'of more', width: 8_000, height: PIXELS_MAX / 8_000 + 1, frames: 1, why: 'TOO_MANY_PIXELS' },
    { what: 'of as many frames as may be', width: 1, height: 1, frames: FRAMES_MAX, why: null },
    { what: 'of one frame more', width: 1, height: 1, frames: FRAMES_MAX + 1, why: 'TOO_MANY_FRAMES' },
  ])('$what: $why', ({ why, width, height, frames }) => {
    expect(whyNotDecode({ width, height, frames })).toBe(why);
  });
});

describe('the widths in which it is made', () => {
  const [narrowest, widest] = [Math.min(...widths), Math.max(...widths)];
  it.each([
    { what: 'one that is wider than all', width: widest + 1, made: widths },
    { what: 'one that is just as wide as the widest', width: widest, made: widths },
    { what: 'one that is narrower', width: widest - 1, made: [...widths.slice(0, -1), widest - 1] },
    { what: 'one that is as wide as the narrowest', width: narrowest, made: [narrowest] },
    { what: 'one that is narrower than all', width: 7, made: [7] },
  ])('of $what: $made', ({ width, made }) => {
    expect(renditionWidths('AVATAR', width)).toEqual(made);
  });

  it.each([
    { asked: 1, of: [300, 100, 200], nearest: 100 },
    { asked: 100, of: [300, 100, 200], nearest: 100 },
    { asked: 101, of: [300, 100, 200], nearest: 200 },
    { asked: 301, of: [300, 100, 200], nearest: 300 },
    { asked: 1, of: [], nearest: null },
  ])('for $asked of $of: $nearest', ({ asked, of, nearest }) => {
    expect(nearestWidth(of, asked)).toBe(nearest);
  });
});
