import { readFile } from 'node:fs/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { CatalogService, type ProductOrder, SearchIndexService, SearchService } from '#catalog';
import { type Decision, Transactor } from '#common';
import { pace } from '../replay/progress.js';
import { percentile } from '../replay/statistics.js';
import type { BenchCase, Figure } from './bench.js';
import { productAt } from './goods.js';

const PRODUCTS = 100_000;
const PAGE = 500;
const ROUNDS = 5;
const P95_MILLISECONDS_MAX = 20;
const BECAUSE: Decision = { by: 'command:bench', reason: 'goods to be found' };
const ORDERS: readonly ProductOrder[] = ['RELEVANCE', 'PRICE_UP'];

/** What people type, each search in the database alone: no HTTP, no GraphQL. */
export const SEARCH: BenchCase = { name: 'search', measure };

async function measure(app: INestApplicationContext, say: (line: string) => void): Promise<Figure[]> {
  await fill(app, say);
  const texts = await searches();
  const search = app.get(SearchService);
  const took = new Map<string, number[]>();
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const order of ORDERS) {
      for (const text of texts) {
        const startedAt = performance.now();
        await search.search({ text, order, inStock: false }, { first: 20 });
        // The first round reads the dictionary, and the pages of the index into memory.
        if (round > 0) took.set(text, [...(took.get(text) ?? []), performance.now() - startedAt]);
      }
    }
  }
  const slowest = [...took]
    .map(([text, times]) => ({ text, worst: Math.max(...times) }))
    .sort((a, b) => b.worst - a.worst);
  say(
    `slowest: ${slowest
      .slice(0, 5)
      .map(({ text, worst }) => `${text} ${worst.toFixed(1)} ms`)
      .join(', ')}`,
  );
  const all = [...took.values()].flat();
  return [
    { name: 'search.p50', value: percentile(all, 0.5) ?? NaN, unit: 'ms', max: P95_MILLISECONDS_MAX },
    { name: 'search.p95', value: percentile(all, 0.95) ?? NaN, unit: 'ms', max: P95_MILLISECONDS_MAX },
  ];
}

async function fill(app: INestApplicationContext, say: (line: string) => void): Promise<void> {
  const paceAt = pace(PRODUCTS, 'products');
  for (let start = 0; start < PRODUCTS; start += PAGE) {
    const page = Array.from({ length: PAGE }, (_, index) => productAt(start + index));
    await app.get(Transactor).run((db) => app.get(CatalogService).add(db, page, BECAUSE));
    await app.get(SearchIndexService).takeUp(Infinity);
    if (start % (20 * PAGE) === 0) say(paceAt(start + PAGE));
  }
}

/** The list that the tests hold search to. */
async function searches(): Promise<string[]> {
  const lines = await readFile('test/samples/searches.tsv', 'utf8');
  return lines
    .trim()
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '');
}
