import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CatalogService, FreightService } from '#catalog';
import { JobRunner } from '#jobs';
import { OffersService } from '#teams';
import { seedDemoShop } from '../../src/cli/demo-shop/demo-shop.js';
import { Shop } from '../support/shop.js';

interface Step {
  readonly commands: string;
  /** The answer as the README shows it, if it shows one. */
  readonly answer: string | null;
}

let shop: Shop;
let directory: string;

beforeAll(async () => {
  shop = await Shop.open();
  directory = await mkdtemp(join(tmpdir(), 'readme-'));
  const services = {
    catalog: shop.get(CatalogService),
    freight: shop.get(FreightService),
    offers: shop.get(OffersService),
  };
  await shop.source.transaction((db) => seedDemoShop(db, services, new Date(Date.now() - 1_000)));
  shop.get(JobRunner).start();
});
afterAll(async () => {
  await shop.get(JobRunner).stop();
  await shop.close();
  await rm(directory, { recursive: true });
});

/** The shell blocks of the README, each with the JSON block that follows it. */
function stepsOf(readme: string): Step[] {
  const blocks = [...readme.matchAll(/^```(sh|json)\n([\s\S]*?)^```$/gm)].map(([, kind, text = '']) => ({
    kind,
    text,
  }));
  return blocks.flatMap(({ kind, text }, index) => {
    const next = blocks[index + 1];
    return kind === 'sh' ? [{ commands: text, answer: next?.kind === 'json' ? next.text : null }] : [];
  });
}

/** What differs from run to run, made the same. */
function masked(json: string): unknown {
  return JSON.parse(json.replace(/_[0-7][0-9a-z]{25}"/g, '_…"'));
}

it('the walk through the README works word for word', async () => {
  const steps = stepsOf(await readFile('README.md', 'utf8'));
  const script = steps
    .map(({ commands }, index) => `{\n${commands}\n} > ${join(directory, `answer-${index}`)}`)
    .join('\n')
    .replace('http://127.0.0.1:3000', shop.url)
    .replace('http://127.0.0.1:3001', shop.emulator.url);
  await writeFile(join(directory, 'walk.sh'), script);
  await promisify(execFile)('bash', ['-e', '-o', 'pipefail', join(directory, 'walk.sh')]);

  const shown = steps.filter(({ answer }) => answer !== null);
  expect(shown.length).toBeGreaterThan(5);
  for (const [index, { answer }] of steps.entries()) {
    if (answer === null) continue;
    const given = await readFile(join(directory, `answer-${index}`), 'utf8');
    expect(masked(given)).toEqual(masked(answer));
  }
});
