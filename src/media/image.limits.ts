import type { ImagePurpose } from './image.entity.js';

const MEBIBYTE = 1_048_576;
/** For lists, cards, whole phone screens, and screens with many pixels to a point. */
const SHOWN_WIDTHS = [200, 400, 800, 1_200] as const;

/** What each purpose allows. */
export interface PurposeTerms {
  readonly bytesMax: number;
  /** The widths that are made, in pixels, as far as the image is that wide. */
  readonly widths: readonly number[];
}

/** Ten megabytes is also the most that WeChat's content check takes (media_check_async). */
export const PURPOSES: Readonly<Record<ImagePurpose, PurposeTerms>> = {
  AVATAR: { bytesMax: 2 * MEBIBYTE, widths: [200, 400] },
  POST: { bytesMax: 10 * MEBIBYTE, widths: SHOWN_WIDTHS },
  AFTER_SALE: { bytesMax: 10 * MEBIBYTE, widths: SHOWN_WIDTHS },
  PRODUCT: { bytesMax: 10 * MEBIBYTE, widths: SHOWN_WIDTHS },
};

/** More than any purpose takes is not even considered. */
export const UPLOAD_BYTES_MAX = Math.max(...Object.values(PURPOSES).map(({ bytesMax }) => bytesMax));

/** What is decoded at most, so that a small file cannot fill the memory: 40 million pixels are 320 MB at 16 bits. */
export const PIXELS_MAX = 40_000_000;
export const SIDE_MAX = 12_000;
export const FRAMES_MAX = 200;

/** How many uploads one person may have begun and not finished. */
export const OPEN_UPLOADS_MAX = 20;
/** How many one may begin within a day. */
export const DAILY_UPLOADS_MAX = 300;
/** How often one may ask for either step of an upload in a minute; counted in each process. */
export const UPLOAD_STEPS_PER_MINUTE = 120;

/** How long the storage takes the file. */
export const UPLOAD_SECONDS = 900;
/** For clocks that differ, and phones that report late. */
export const UPLOAD_GRACE_SECONDS = 300;
/** After this an image that could not be processed is given up; the storage may be down that long. */
export const PROCESSING_SECONDS_MAX = 86_400;
