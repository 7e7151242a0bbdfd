import type { SeededBug } from '../bug.js';

const TEST = 'test/catalog/search/search.test.ts';

export const SEARCH: readonly SeededBug[] = [
  {
    name: 'a product that changes is not read again',
    file: 'migrations/1795443000000-search.ts',
    search: "  ['product', 'UPDATE', 'NEW.id'],\n",
    replace: '',
    caughtBy: { file: TEST, test: 'is found by its new name, and no more by its old one' },
  },
  {
    name: 'two workers take up the same changes at once',
    file: 'src/catalog/search/search-index.service.ts',
    search: 'LIMIT ${PAGE} FOR UPDATE`',
    replace: 'LIMIT ${PAGE}`',
    caughtBy: { file: TEST, test: 'though three workers take up at once' },
  },
  {
    name: 'what went off sale is found until a worker comes',
    file: 'src/catalog/search/hits.ts',
    search: 'points IS NOT NULL AND product.status = ?',
    replace: 'points IS NOT NULL AND (product.status = ? OR TRUE)',
    caughtBy: { file: TEST, test: 'is what is on sale, from the next run of the worker on' },
  },
  {
    name: 'the second page looks for all words again',
    file: 'src/catalog/search/search.service.ts',
    search: "const match = behind?.match ?? 'every';",
    replace: "const match: Match = 'every';",
    caughtBy: { file: TEST, test: 'goes on with some of the words on the next page' },
  },
  {
    name: 'products that fit alike are left out behind a page',
    file: 'src/catalog/search/hits.ts',
    search: '(${by} ${sign} ? OR (${by} = ? AND hit.product_id ${sign} ?))',
    replace: '(${by} ${sign} ? OR (${by} = ? AND hit.product_id ${sign} ? AND FALSE))',
    caughtBy: { file: TEST, test: 'by RELEVANCE shows each once, page by page' },
  },
];
