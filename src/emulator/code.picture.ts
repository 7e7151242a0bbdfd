import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { CodeRead } from './share.inputs.js';

/** A code has so many modules on a side here; WeChat's own are round, which nobody reads in a test. */
const MODULES = 16;
const DARK = 0;
const LIGHT = 255;

/** A picture that is different for each scene and page: JPEG, or PNG with a transparent ground. */
export async function drawCode({
  scene,
  page,
  width,
  isTransparent,
}: CodeRead): Promise<{ type: string; bytes: Buffer }> {
  const bits = createHash('sha256').update(`${page.version}:${page.path}:${scene}`).digest();
  const modules = Buffer.alloc(MODULES * MODULES * 2);
  for (let place = 0; place < MODULES * MODULES; place += 1) {
    const isDark = ((bits[place >> 3] ?? 0) >> (place & 7)) % 2 === 1;
    modules[place * 2] = isDark ? DARK : LIGHT;
    modules[place * 2 + 1] = isDark || !isTransparent ? 255 : 0;
  }
  const picture = sharp(modules, { raw: { width: MODULES, height: MODULES, channels: 2 } }).resize(width, width, {
    kernel: 'nearest',
  });
  if (isTransparent) return { type: 'image/png', bytes: await picture.png().toBuffer() };
  return { type: 'image/jpeg', bytes: await picture.flatten().jpeg().toBuffer() };
}
