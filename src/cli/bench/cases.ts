import type { BenchCase } from './bench.js';
import { IMPORT } from './import.js';
import { SEARCH } from './search.js';

export const CASES: readonly BenchCase[] = [SEARCH, IMPORT];
