import { encode } from 'blurhash';
import sharp, { type CreateRaw, type Sharp } from 'sharp';
import type { ImageProblem, ImageType } from './image.entity.js';
import type { ImageFormat } from './image-rendition.entity.js';
import { PIXELS_MAX } from './image.limits.js';
import { typeOfBytes, whyNotDecode } from './image.rules.js';

// Only the decoders that we need: libvips knows many more formats, and each can be attacked.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif'],
});
// Files are looked at once, and a worker has other things to do.
sharp.cache(false);
sharp.concurrency(1);

const DECODING_SECONDS_MAX = 60;
const QUALITY = { WEBP: 80, JPEG: 82 } as const;
const WHITE = '#ffffff';
/** Of a blurhash: enough to tell a face from a landscape, in 28 characters. */
const BLUR = { side: 32, columns: 4, rows: 3 } as const;

/** The file is not shown, for good: looking again would find the same. */
export class PictureRefused extends Error {
  override readonly name = 'PictureRefused';

  constructor(
    readonly problem: ImageProblem,
    cause?: unknown,
  ) {
    super(problem, { cause });
  }
}

export interface Rendition {
  readonly format: ImageFormat;
  readonly width: number;
  readonly body: Buffer;
}

interface Pixels {
  readonly data: Buffer;
  readonly raw: CreateRaw;
}

/** The pixels of a file, and nothing else of it: neither where it was taken nor what may hang behind its end. */
export class Picture {
  private constructor(
    /** Its own width and height in pixels, upright. */
    readonly width: number,
    readonly height: number,
    readonly pixels: Pixels,
  ) {}

  /**
   * Decodes a file whole, upright, as sRGB with 8 bits, of an animation the first frame.
   *
   * @param widthMax wider pictures are made so wide
   * @throws PictureRefused
   */
  static async read(bytes: Buffer, type: ImageType, widthMax: number): Promise<Picture> {
    if (typeOfBytes(bytes) !== type) throw new PictureRefused('MISMATCHED');
    const { width, height, frames, isTurned } = await headOf(bytes);
    const problem = whyNotDecode({ width, height, frames });
    if (problem) throw new PictureRefused(problem);
    const pixels = await decode(bytes, widthMax);
    return isTurned ? new Picture(height, width, pixels) : new Picture(width, height, pixels);
  }

  /** The picture so wide in every format. */
  async renditions(width: number): Promise<Rendition[]> {
    const resized = (): Sharp => this.#image().resize({ width, withoutEnlargement: true });
    const webp = await resized().webp({ quality: QUALITY.WEBP }).toBuffer();
    const jpeg = await resized()
      .flatten({ background: WHITE })
      .jpeg({ quality: QUALITY.JPEG, progressive: true })
      .toBuffer();
    return [
      { format: 'WEBP', width, body: webp },
      { format: 'JPEG', width, body: jpeg },
    ];
  }

  async blurhash(): Promise<string> {
    const { side, columns, rows } = BLUR;
    const { data, info } = await this.#image()
      .resize({ width: side, height: side, fit: 'inside' })
      .flatten({ background: WHITE })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return encode(new Uint8ClampedArray(data), info.width, info.height, columns, rows);
  }

  #image(): Sharp {
    return sharp(this.pixels.data, { raw: this.pixels.raw });
  }
}

/** A file's own word on itself; nothing is decoded, so it costs no memory whatever it says. */
async function headOf(bytes: Buffer) {
  try {
    const { width, height, pages = 1, orientation = 1 } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return { width, height, frames: pages, isTurned: orientation >= 5 };
  } catch (cause) {
    throw new PictureRefused('UNREADABLE', cause);
  }
}

async function decode(bytes: Buffer, widthMax: number): Promise<Pixels> {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: PIXELS_MAX, failOn: 'error' })
      .timeout({ seconds: DECODING_SECONDS_MAX })
      .autoOrient()
      .toColourspace('srgb')
      .resize({ width: widthMax, withoutEnlargement: true })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data, raw: { width: info.width, height: info.height, channels: info.channels } };
  } catch (cause) {
    throw new PictureRefused('UNREADABLE', cause);
  }
}
