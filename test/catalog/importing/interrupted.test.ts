import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApplyingService, CatalogImport, endImports, Product, StagingService } from '#catalog';
import { secondsAfter, Transactor } from '#common';
import { JobQueue, LeaseLost } from '#jobs';
import { anOffer } from '../../support/builders.js';
import { tell } from '../../support/catalogue.js';
import { articleOf, begun, checked, fileLine, fileOf, imported, mistakesOf } from '../../support/catalogue-files.js';
import { Shop } from '../../support/shop.js';
import { expectSound, settle, until } from '../../support/sound.js';

let shop: Shop;
let directory: string;

beforeAll(async () => {
  shop = await Shop.open();
  directory = await mkdtemp(join(tmpdir(), 'import-'));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
  await expectSound(shop);
  await shop.close();
});

const many = (count: number, name: string): string =>
  fileOf(
    ...Array.from({ length: count }, (_, number) =>
      fileLine({
        code: `${name}-${number}`,
        product: `${name}${number >> 1}`,
        options: `规格=${number % 2}`,
        quantity: '5',
      }),
    ),
  );
const importOf = (id: CatalogImport['id']): Promise<CatalogImport> =>
  shop.source.manager.findOneByOrFail(CatalogImport, { id });
const skusOf = async (name: string): Promise<unknown> => {
  const [found] = await shop.rows<{ skus: string; moves: string }>(
    `SELECT COUNT(*) AS skus, (SELECT COUNT(*) FROM stock_move JOIN sku AS moved ON moved.id = sku_id WHERE moved.code LIKE ?) AS moves
     FROM sku WHERE code LIKE ?`,
    [`${name}-%`, `${name}-%`],
  );
  return [Number(found!.skus), Number(found!.moves)];
};

async function command(...args: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['dist/src/cli/import.js', ...args], { env: shop.environment });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

describe('an import whose worker dies', () => {
  it('is gone on with where it was: nothing is done twice, nothing is left out', async () => {
    const at = await begun(shop, many(1_300, 'KILL'));
    let chunks = 0;
    const dying = {
      jobId: 0,
      lease: 0,
      close: () => Promise.resolve(),
      renew: () => ((chunks += 1) === 3 ? Promise.reject(new LeaseLost({ jobId: 0, lease: 0 })) : Promise.resolve()),
    };
    await expect(shop.get(ApplyingService).apply(at.id, dying)).rejects.toThrow(LeaseLost);
    expect(await importOf(at.id)).toMatchObject({ status: 'APPLYING', linesApplied: 1_000 });
    await settle(shop);
    expect(await importOf(at.id)).toMatchObject({ status: 'DONE', linesApplied: 1_300, linesFailed: 0 });
    expect(await skusOf('KILL')).toEqual([1_300, 1_300]);
  });

  it('is gone on with by a worker when the command is killed in the middle', async () => {
    const file = join(directory, 'killed.csv');
    await writeFile(file, many(3_000, 'DEAD'));
    const child = spawn(process.execPath, ['dist/src/cli/import.js', file, '--reason', 'x', '--make-missing'], {
      env: shop.environment,
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    const gone = once(child, 'exit');
    await until(() => Promise.resolve(/\d0 %/.test(said)), 'the first part is applied');
    child.kill('SIGKILL');
    await gone;
    await until(async () => {
      await settle(shop);
      const [left] = await shop.rows<{ many: string }>(
        "SELECT COUNT(*) AS many FROM catalog_import WHERE status = 'APPLYING'",
      );
      return Number(left!.many) === 0;
    }, 'a worker has applied the rest');
    expect(await skusOf('DEAD')).toEqual([3_000, 3_000]);
  });

  it('is written by nobody whose lease was taken over', async () => {
    const at = await begun(shop, many(10, 'OLD'));
    const [job] = await shop.get(JobQueue).claim(1);
    await shop.rows('UPDATE job SET lease = lease + 1 WHERE id = ?', [job!.claim.jobId]);
    await expect(shop.get(ApplyingService).apply(at.id, job!.claim)).rejects.toThrow(LeaseLost);
    expect(await skusOf('OLD')).toEqual([0, 0]);
    await shop.get(ApplyingService).apply(at.id, null);
    await shop.rows("UPDATE job SET status = 'DONE', run_at = NULL, ended_at = NOW(3) WHERE id = ?", [
      job!.claim.jobId,
    ]);
  });
});

describe('while a file is applied', () => {
  it('an operator who changes the same product comes before or after it, and never loses what the file says of its SKUs', async () => {
    const olga = await shop.operator('olga');
    await imported(shop, fileOf(fileLine({ code: 'SAME-1', product: '同一' })));
    const { product } = await articleOf(shop, 'SAME-1');
    const { name, categoryId, options, returnRule, revision } = product;
    const at = await begun(
      shop,
      fileOf(fileLine({ code: 'SAME-1', product: '同一', description: '文件', price: '7' })),
    );
    const said = {
      productId: product.id,
      revision,
      name,
      categoryId,
      options,
      returnRule,
      imageIds: [],
      description: '人工',
    };
    const [answer, end] = await Promise.all([
      tell(olga, 'productChange', said),
      shop.get(ApplyingService).apply(at.id, null),
    ]);
    expect(end.status).toBe('DONE');
    const after = await articleOf(shop, 'SAME-1');
    expect([after.priceMinor, after.product.description]).toEqual([700, '文件']);
    expect(answer.__typename).toBe(after.product.revision === 3 ? 'Product' : 'ProductChanged');
  });

  it('buyers go on buying what it changes', async () => {
    const { skuId, productId } = await anOffer(shop, { stock: 10_000 });
    const { name } = await shop.source.manager.findOneByOrFail(Product, { id: productId });
    const [sku] = await shop.rows<{
      code: string;
      path: string;
      supplier: string;
      description: string;
      options: string;
    }>(
      `SELECT sku.code, category.name_zh AS path, supplier.name AS supplier, description, options FROM sku JOIN product ON product.id = product_id
       JOIN category ON category.id = category_id JOIN supplier ON supplier.id = supplier_id WHERE sku.id = (SELECT sku_id FROM stock WHERE on_hand = 10000)`,
    );
    expect(sku!.options).toBe('[]');
    const ana = await shop.login('ana');
    const own = fileLine({
      code: sku!.code,
      product: name,
      category: sku!.path,
      supplier: sku!.supplier,
      description: '改',
      price: '3',
    });
    const at = await begun(shop, many(1_500, 'BUSY') + `${own}\n`);
    const state = { isOver: false };
    const applying = shop
      .get(ApplyingService)
      .apply(at.id, null)
      .finally(() => (state.isOver = true));
    const answers: string[] = [];
    while (!state.isOver) answers.push((await ana.buy(skuId)).__typename);
    expect((await applying).status).toBe('DONE');
    expect(new Set(answers)).toEqual(new Set(['Checkout']));
  });
});

describe('the command', () => {
  it('tells every mistake by line and column, and applies nothing', async () => {
    const file = join(directory, 'bad.csv');
    await writeFile(file, fileOf(fileLine({ code: 'CMD-1', price: '1.999' }), 'x'));
    const { code, said } = await command(file, '--reason', 'x', '--make-missing');
    expect(code).toBe(1);
    expect(said.trim().split('\n').slice(1)).toEqual([
      'line 2, column price: Must be a price in yuan with two decimals at most, such as 29.90, up to 10000000.00.',
      'line 3: It has not as many cells as the header (1/13).',
    ]);
  });

  it('only checks if it is asked to', async () => {
    const { code, said } = await command('test/samples/catalogue.csv', '--check', '--make-missing');
    expect([code, said.trim().split('\n').slice(1)]).toEqual([0, ['there is no mistake']]);
    expect(await shop.rows("SELECT id FROM sku WHERE code = 'YL-XG'")).toEqual([]);
  });

  it('applies a file, says how far it has come, and what was exported changes nothing', async () => {
    const { code, said } = await command('test/samples/catalogue.csv', '--reason', '上新', '--make-missing');
    expect([code, said.trim().split('\n').at(-1)]).toEqual([0, '4 lines were applied, 0 were not']);
    const file = join(directory, 'out.csv');
    const child = spawn(process.execPath, ['dist/src/cli/export.js', file], { env: shop.environment });
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await readFile(file, 'utf8')).toContain('YL-XG');
    expect((await imported(shop, await readFile(file, 'utf8'))).status).toBe('DONE');
  });

  it.each([
    [[]],
    [['a.csv']],
    [['a.csv', 'b.csv', '--reason', 'x']],
    [['a.csv', '--check', '--reason', 'x']],
    [['a.csv', '--force']],
  ])('does not understand %j', async (args) => {
    expect(await command(...args)).toMatchObject({ code: 2, said: expect.stringContaining('npm run import') });
  });

  it('says which file is not there', async () => {
    expect(await command(join(directory, 'none.csv'), '--check')).toMatchObject({
      code: 1,
      said: expect.stringContaining('none.csv'),
    });
  });
});

describe('what nobody goes on with', () => {
  it('is given up, and what files said is forgotten in time', async () => {
    const ready = await checked(shop, fileOf(fileLine({ code: 'LEFT-1' })));
    const refused = await checked(shop, fileOf(fileLine({ code: 'LEFT-2', price: 'x' })));
    const old = secondsAfter(new Date(), -8 * 86_400);
    await shop.rows(
      'UPDATE catalog_import SET started_at = ? WHERE id = (SELECT import_id FROM catalog_import_line WHERE code = ?)',
      [old, 'LEFT-1'],
    );
    await shop.rows("UPDATE catalog_import SET ended_at = ? WHERE status = 'REFUSED'", [
      secondsAfter(new Date(), -31 * 86_400),
    ]);
    await shop
      .get(Transactor)
      .run((db) => shop.get(JobQueue).hasten(db, { name: endImports.name, everySeconds: 3_600 }));
    await shop.drain();
    expect((await importOf(ready.id)).status).toBe('CANCELLED');
    expect(await mistakesOf(shop, refused)).toEqual([]);
    expect((await importOf(refused.id)).mistakesTotal).toBe(1);
  });

  it('because the upload broke off is given up at once', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(fileOf(fileLine({ code: 'CUT-1' })));
      await Promise.resolve();
      throw new Error('the line went dead');
    }
    const staging = { by: 'command:test', makesMissing: true } as const;
    await expect(shop.get(StagingService).stage(Readable.from(broken()), staging)).rejects.toThrow('went dead');
    const [newest] = await shop.source.manager.find(CatalogImport, { order: { id: 'DESC' }, take: 1 });
    expect(newest!.status).toBe('CANCELLED');
  });
});
