import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { crc32, createDeflate } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** A picture that does not compress to nothing, as a photograph does not. */
export function aPicture(width = 900, height = 600): Sharp {
  return sharp({
    create: { width, height, channels: 3, background: '#c03020', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  });
}

/** A photograph with the place where it was taken, and lying on its side as phones store them. */
export function aPhotograph(width = 900, height = 600): Promise<Buffer> {
  return aPicture(width, height)
    .withExif({
      IFD0: { Make: 'SecretCamera' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '23/1 6/1 32/1', GPSLongitudeRef: 'E', GPSLongitude: '113/1 19/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const content = Buffer.concat([Buffer.from(type), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, sum]);
}

/** A PNG of black pixels, one bit each, that is really as large as it says and yet a small file; made row by row, so that only reading it could cost memory. */
export async function aBomb(width: number, height: number): Promise<Buffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const row = Buffer.alloc(Math.ceil(width / 8) + 1);
  const deflate = createDeflate();
  const rows = buffer(deflate);
  for (let number = 0; number < height; number += 1) if (!deflate.write(row)) await once(deflate, 'drain');
  deflate.end();
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', await rows), chunk('IEND', Buffer.alloc(0))]);
}

/** An animation of so many frames, black and white in turn. */
export function anAnimation(frames: number): Promise<Buffer> {
  const side = 8;
  const frameBytes = side * side * 3;
  const pixels = Buffer.alloc(frames * frameBytes);
  for (let frame = 0; frame < frames; frame += 1)
    pixels.fill(frame % 2 === 0 ? 0 : 255, frame * frameBytes, (frame + 1) * frameBytes);
  return sharp(pixels, { raw: { width: side, height: side * frames, channels: 3, pageHeight: side } })
    .gif({ delay: Array.from({ length: frames }, () => 100) })
    .toBuffer();
}
