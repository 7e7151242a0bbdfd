import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from '@jest/globals';
import { ensureCode } from '../../src/cli/machine/build.mjs';
import { ROOT } from '../../src/cli/machine/environment.mjs';
import { processesOf, Run } from '../cli/run.js';
import { lifetimeOfTest, temporaryDirectory } from '../cli/support.js';

const RULES = 'src/catalog/stock/stock.rules.ts';

/** Everything that is made for the tests is made here. */
let directory: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
});

/** A copy of the project whose only rule test is this one. */
async function checkoutWith(test: string): Promise<string> {
  await ensureCode(lifetimeOfTest());
  const checkout = join(directory, 'checkout');
  const entries = [
    '.swcrc',
    'dist',
    'migrations',
    'nest-cli.json',
    'package-lock.json',
    'package.json',
    'src',
    'tsconfig.json',
  ];
  await Promise.all(entries.map((entry) => cp(join(ROOT, entry), join(checkout, entry), { recursive: true })));
  await symlink(join(ROOT, 'node_modules'), join(checkout, 'node_modules'), 'dir');
  await mkdir(join(checkout, 'test/catalog'), { recursive: true });
  await writeFile(join(checkout, 'test/catalog/stock.rules.test.ts'), test);
  return checkout;
}

const trying = (args: string[], checkout = ROOT): Run =>
  Run.start({ directory, command: 'mutants.mjs', args, checkout, env: { TMPDIR: directory } });

it('fails where a rule is hardly tested, names what nobody noticed, and leaves nothing', async () => {
  const checkout = await checkoutWith(`
    import { expect, it } from '@jest/globals';
    import { totalUnits } from '../../src/catalog/stock/stock.rules.js';
    it('totals nothing to nothing', () => {
      expect(totalUnits([], ({ skuId }) => skuId)).toEqual([]);
    });
  `);
  const run = trying([RULES], checkout);
  await expect(run.exitCode).resolves.toBe(1);
  expect(run.output).toMatch(
    /\nSURVIVED src\/catalog\/stock\/stock\.rules\.ts:\d+: totals\.get\(key\) \?\? 0 {2}-> {2}/,
  );
  expect(run.output).toMatch(
    /\nsrc\/catalog\/stock\/stock\.rules\.ts {2}(\d+) tried, (\d+) killed \(\d+%\) {2}TOO FEW: at least 85%\n/,
  );
  expect(run.output.trimEnd().split('\n').at(-1)).toMatch(/^mutants: \d+ tried, [1-9]\d* killed \(\d+%\)$/);
  await expect(processesOf(directory)).resolves.toEqual([]);
  expect((await readdir(directory)).filter((name) => name.startsWith('haotuan-'))).toEqual([]);
});

it('says which file there is not among the rules', async () => {
  const run = trying(['src/catalog/stock/stock.service.ts']);
  await expect(run.exitCode).resolves.toBe(2);
  expect(run.output).toContain(
    'mutants: there are no such rules: src/catalog/stock/stock.service.ts\nnpm run mutants ',
  );
});
