import { createRequire } from 'node:module';
import type * as Pinyin from 'pinyin-pro';
import { isHan } from './words.js';

/** Its tables are some 15 MB, so a process that never searches does without. */
let library: typeof Pinyin | null = null;

/** How a Chinese word sounds, without tones: 草莓 is caomei. Null for any other word. */
export function pinyinOf(word: string): string | null {
  if (!isHan(word)) return null;
  library ??= createRequire(import.meta.url)('pinyin-pro') as typeof Pinyin;
  return library.pinyin(word, { toneType: 'none', type: 'array', v: true }).join('');
}
