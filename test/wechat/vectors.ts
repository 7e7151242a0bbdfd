import { readFileSync } from 'node:fs';
import type published from './vectors.json';

/** Published test vectors, for both sides of WeChat. */
export const vectors = JSON.parse(readFileSync(new URL('./vectors.json', import.meta.url), 'utf8')) as typeof published;
