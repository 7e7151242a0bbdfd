import { describe, expect, it } from '@jest/globals';
import { percentile, Stopwatch, Tally } from '../../src/cli/replay/statistics.js';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  // prettier-ignore
  it.each<[values: number[], share: number, value: number | null]>([
    [[],        0.5,  null],
    [[7],       0.5,  7],
    [[7],       0.99, 7],
    [[2, 1],    0.5,  1],
    [[3, 1, 2], 0.5,  2],
    [hundred,   0.5,  50],
    [hundred,   0.99, 99],
    [hundred,   1,    100],
    [hundred,   0,    1],
  ])('of %j at %d is %j', (values, share, value) => {
    expect(percentile(values, share)).toBe(value);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('Stopwatch', () => {
  it('counts a step that fails', async () => {
    const stopwatch = new Stopwatch();
    await stopwatch.time('pay', () => Promise.resolve());
    await expect(stopwatch.time('pay', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(stopwatch.steps.get('pay')).toHaveLength(2);
  });
});

describe('Tally', () => {
  it('counts each kind', () => {
    const tally = new Tally();
    for (const kind of ['TeamFull', 'SoldOut', 'TeamFull']) tally.add(kind);
    expect([...tally.counts]).toEqual([
      ['TeamFull', 2],
      ['SoldOut', 1],
    ]);
    expect(tally.total).toBe(3);
  });
});
