import type { BenchCase } from './bench.js';
import { SEARCH } from './search.js';

export const CASES: readonly BenchCase[] = [SEARCH];
