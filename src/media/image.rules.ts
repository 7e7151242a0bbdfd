import { secondsAfter, stateMachine } from '#common';
import type { Image, ImageProblem, ImagePurpose, ImageStatus, ImageType } from './image.entity.js';
import {
  DAILY_UPLOADS_MAX,
  FRAMES_MAX,
  OPEN_UPLOADS_MAX,
  PIXELS_MAX,
  PROCESSING_SECONDS_MAX,
  PURPOSES,
  SIDE_MAX,
  UPLOAD_GRACE_SECONDS,
} from './image.limits.js';
import { ImageTooLarge, TooManyOpenUploads, TooManyUploads } from './image.refusals.js';

/** Whatever has ended leaves nothing behind in the storage. */
export const imageLife = stateMachine<ImageStatus>({
  PENDING: ['PROCESSING', 'REFUSED', 'EXPIRED', 'DELETED'],
  PROCESSING: ['READY', 'REFUSED', 'DELETED'],
  READY: ['DELETED'],
  REFUSED: [],
  EXPIRED: [],
  DELETED: [],
});

export const CONTENT_TYPES: Readonly<Record<ImageType, string>> = {
  JPEG: 'image/jpeg',
  PNG: 'image/png',
  WEBP: 'image/webp',
  GIF: 'image/gif',
};

/** What somebody has uploaded so far. */
export interface UploadTally {
  /** Begun and neither finished nor over. */
  readonly open: number;
  /** Begun within the last day. */
  readonly today: number;
}

/** Why somebody may not upload such a file, or null. */
export function whyNotUpload(
  { purpose, sizeBytes }: { readonly purpose: ImagePurpose; readonly sizeBytes: number },
  { open, today }: UploadTally,
): ImageTooLarge | TooManyOpenUploads | TooManyUploads | null {
  const { bytesMax } = PURPOSES[purpose];
  if (sizeBytes > bytesMax) return new ImageTooLarge(bytesMax);
  if (today >= DAILY_UPLOADS_MAX) return new TooManyUploads(DAILY_UPLOADS_MAX);
  return open >= OPEN_UPLOADS_MAX ? new TooManyOpenUploads(OPEN_UPLOADS_MAX) : null;
}

/** Whether the storage still takes the file. */
export function canUpload({ status, uploadUntil }: Pick<Image, 'status' | 'uploadUntil'>, now: Date): boolean {
  return status === 'PENDING' && now < uploadUntil;
}

/** How an image that nobody goes on with ends at `now`, or null while there is still time. */
export function overdueEnd(
  { status, uploadUntil, uploadedAt }: Pick<Image, 'status' | 'uploadUntil' | 'uploadedAt'>,
  now: Date,
): 'EXPIRED' | 'REFUSED' | null {
  if (status === 'PENDING') return now >= secondsAfter(uploadUntil, UPLOAD_GRACE_SECONDS) ? 'EXPIRED' : null;
  if (status !== 'PROCESSING' || uploadedAt === null) return null;
  return now >= secondsAfter(uploadedAt, PROCESSING_SECONDS_MAX) ? 'REFUSED' : null;
}

const SIGNATURES: readonly [type: ImageType, pattern: RegExp][] = [
  ['JPEG', /^\xff\xd8\xff/],
  ['PNG', /^\x89PNG\r\n\x1a\n/],
  ['GIF', /^GIF8[79]a/],
  ['WEBP', /^RIFF[^]{4}WEBP/],
];
const SIGNATURE_BYTES = 12;

/** What a file is by its first bytes, whatever it is called; null if it is nothing that we take. */
export function typeOfBytes(bytes: Uint8Array): ImageType | null {
  const head = Buffer.from(bytes.subarray(0, SIGNATURE_BYTES)).toString('latin1');
  return SIGNATURES.find(([, pattern]) => pattern.test(head))?.[0] ?? null;
}

/** What a file says of itself, before any of its pixels is decoded. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
}

/** Why such a picture is not decoded, or null. */
export function whyNotDecode({ width, height, frames }: Frame): ImageProblem | null {
  if (width > SIDE_MAX || height > SIDE_MAX || width * height > PIXELS_MAX) return 'TOO_MANY_PIXELS';
  return frames > FRAMES_MAX ? 'TOO_MANY_FRAMES' : null;
}

/** The widths in which an image is made, growing: those of its purpose, none wider than itself, and itself if it is narrower than the widest. */
export function renditionWidths(purpose: ImagePurpose, width: number): number[] {
  const { widths } = PURPOSES[purpose];
  const widest = Math.min(width, Math.max(...widths));
  return [...widths.filter((each) => each < widest), widest];
}

/** The narrowest that is at least as wide as asked, else the widest; null if there is none. */
export function nearestWidth(widths: readonly number[], asked: number): number | null {
  const growing = widths.toSorted((a, b) => a - b);
  return growing.find((width) => width >= asked) ?? growing.at(-1) ?? null;
}
