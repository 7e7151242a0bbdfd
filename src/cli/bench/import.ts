import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { INestApplicationContext } from '@nestjs/common';
import { ApplyingService, CheckingService, ImportsService, StagingService } from '#catalog';
import { type Decision, secondsAfter, Transactor } from '#common';
import type { BenchCase, Figure } from './bench.js';
import { productAt } from './goods.js';

const [FEW, MANY] = [10_000, 50_000];
const SECONDS_MAX = 90;
/** What five times as many lines may need more: less than a hundred and fifty bytes a line, so none of them is kept. */
const MORE_MEGABYTES_MAX = 6;
const BECAUSE: Decision = { by: 'command:bench', reason: 'goods from a file' };
const COLUMNS =
  'supplier,category,product,description,return_rule,options,sku_code,barcode,weight_grams,price,quantity,low_stock,on_sale';

/** A file of products, each new: read, checked and applied. */
export const IMPORT: BenchCase = { name: 'import', measure };

async function measure(app: INestApplicationContext, say: (line: string) => void): Promise<Figure[]> {
  const few = await importLines(app, 0, FEW);
  say(`${FEW} lines: ${few.seconds.toFixed(1)} s, ${few.megabytes.toFixed(1)} MB in use at most`);
  const many = await importLines(app, FEW, MANY);
  say(`${MANY} lines: ${many.seconds.toFixed(1)} s, ${many.megabytes.toFixed(1)} MB in use at most`);
  const moreMegabytes = Math.max(0, many.megabytes - few.megabytes);
  return [
    { name: `import.lines${MANY}`, value: many.seconds, unit: 's', max: SECONDS_MAX },
    { name: 'import.more_memory_for_5_times_the_lines', value: moreMegabytes, unit: 'MB', max: MORE_MEGABYTES_MAX },
  ];
}

async function importLines(
  app: INestApplicationContext,
  from: number,
  count: number,
): Promise<Record<'seconds' | 'megabytes', number>> {
  const used = memoryInUse();
  const startedAt = performance.now();
  const staging = { by: BECAUSE.by, makesMissing: true, checkAt: secondsAfter(new Date(), 3_600) };
  const { id } = await app.get(StagingService).stage(Readable.from(file(from, count, used.look)), staging);
  used.look();
  await app.get(CheckingService).check(id);
  used.look();
  await app.get(Transactor).run((db) => app.get(ImportsService).begin(db, id, BECAUSE));
  const { linesApplied } = await app.get(ApplyingService).apply(id, null, used.look);
  if (linesApplied !== count) throw new Error(`${linesApplied} of ${count} lines were applied`);
  return { seconds: (performance.now() - startedAt) / 1_000, megabytes: used.most() };
}

/** The file, some thousand lines at a time. */
function* file(from: number, count: number, look: () => void): Generator<Buffer> {
  const PAGE = 2_000;
  yield Buffer.from(`${COLUMNS}\n`);
  for (let start = from; start < from + count; start += PAGE) {
    const lines = Array.from({ length: PAGE }, (_, index) => `${lineOf(start + index)}\n`);
    yield Buffer.from(lines.join(''));
    look();
  }
}

function lineOf(n: number): string {
  const { supplier, category, description, skus } = productAt(n);
  const price = ((skus[0]?.priceMinor ?? 0) / 100).toFixed(2);
  return [supplier, category, `货 ${n}`, description, '', '', `FILE-${n}`, '', 500, price, 10, '', 'yes'].join(',');
}

/** How many megabytes are in use beyond those of now, at most, whenever somebody looked: what was garbage by then does not count. */
function memoryInUse(): { readonly look: () => void; readonly most: () => number } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const now = (): number => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 1_000_000;
  };
  const before = now();
  let most = 0;
  return {
    look: () => {
      most = Math.max(most, now() - before);
    },
    most: () => most,
  };
}
