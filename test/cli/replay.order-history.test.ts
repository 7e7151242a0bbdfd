import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { readOrderHistory } from '../../src/cli/replay/order-history.js';
import { temporaryDirectory } from './support.js';

const SAMPLE = join(import.meta.dirname, '../samples/online-retail-2000.csv.gz');
const HEADER = 'invoice,stock_code,description,quantity,invoiced_at,unit_price,customer_id,country';

async function fileWith(content: string | Buffer): Promise<string> {
  const file = join(await temporaryDirectory(), 'orders.csv');
  await writeFile(file, content);
  return file;
}

describe('readOrderHistory', () => {
  it('reads the sample and counts what it leaves out', async () => {
    const { linesRead, skipped, sales, returns } = await readOrderHistory(SAMPLE, Infinity);
    expect(linesRead).toBe(2_000);
    expect(Object.fromEntries(skipped)).toEqual({ 'postage or manual code': 8, 'no customer': 184 });
    expect([sales.length, returns.length]).toEqual([1_727, 81]);
  });

  it('reads no more lines than asked for', async () => {
    const { linesRead } = await readOrderHistory(SAMPLE, 100);
    expect(linesRead).toBe(100);
  });

  it('sees by the content whether a file is compressed', async () => {
    const plain = await fileWith(gunzipSync(await readFile(SAMPLE)));
    expect(await readOrderHistory(plain, 500)).toEqual(await readOrderHistory(SAMPLE, 500));
  });

  it('gives the sales in the order of their times, and those of one time in the order of the file', async () => {
    const line = (invoice: string, at: string): string => `${invoice},22041,FRAME,1,${at},2.1,13085,France`;
    const lines = [
      line('3', '2009-12-02 08:00:00'),
      line('1', '2009-12-01 08:00:00'),
      line('2', '2009-12-01 08:00:00'),
    ];
    const { sales } = await readOrderHistory(await fileWith([HEADER, ...lines].join('\n')), Infinity);
    expect(sales.map(({ invoice }) => invoice)).toEqual(['1', '2', '3']);
  });

  it.each<[problem: string, content: string, names: RegExp]>([
    ['a missing column', HEADER.replace('unit_price,', '').replace(',country', ''), /unit_price, country/],
    ['no line', HEADER, /no line after the header/],
    ['a line that is cut', `${HEADER}\n489434,22041,FRAME`, /line 2/],
  ])('names %s', async (_problem, content, names) => {
    await expect(readOrderHistory(await fileWith(`${content}\n`), Infinity)).rejects.toThrow(names);
  });

  it('does not take a torn file for a short one', async () => {
    const torn = (await readFile(SAMPLE)).subarray(0, 10_000);
    await expect(readOrderHistory(await fileWith(torn), Infinity)).rejects.toThrow('unexpected end of file');
  });
});
