import { describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { sweep, SWEEP_PAGE } from '#jobs';

jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);

/** Pages over the numbers below `count`, as a keyset query would. */
function numbers(count: number): { page: (after: number | null) => Promise<number[]>; asked: (number | null)[] } {
  const asked: (number | null)[] = [];
  const page = (after: number | null): Promise<number[]> => {
    asked.push(after);
    const start = after === null ? 0 : after + 1;
    return Promise.resolve(Array.from({ length: Math.min(SWEEP_PAGE, count - start) }, (_, index) => start + index));
  };
  return { page, asked };
}

describe('a sweep', () => {
  // prettier-ignore
  it.each<[count: number, pages: number]>([
    [0,     1],
    [1,     1],
    [499,   1],
    [500,   2], // a full page says that there may be more
    [501,   2],
    [1_250, 3],
  ])('over %d items does each once, in %d pages', async (count, pages) => {
    const { page, asked } = numbers(count);
    const done: number[] = [];
    await sweep(page, (item) => Promise.resolve(done.push(item)));
    expect(done).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(asked).toHaveLength(pages);
  });

  it('goes on after failures, over all pages, and tells at the end how many there were and the first one’s reason', async () => {
    const done: number[] = [];
    const work = (item: number): Promise<void> => {
      if (item % 600 === 3) return Promise.reject(new Error(`item ${item} is broken`));
      done.push(item);
      return Promise.resolve();
    };
    await expect(sweep(numbers(1_250).page, work)).rejects.toThrow(
      '3 of a sweep failed, the first: Error: item 3 is broken',
    );
    expect(done).toHaveLength(1_247);
  });

  it('works on a few at a time, never on a whole page at once', async () => {
    let atOnce = 0;
    let atOnceMax = 0;
    await sweep(numbers(100).page, async () => {
      atOnce += 1;
      atOnceMax = Math.max(atOnceMax, atOnce);
      await new Promise(setImmediate);
      atOnce -= 1;
    });
    expect(atOnceMax).toBe(8);
  });

  it('fails at once if a page cannot be read', async () => {
    const work = jest.fn(() => Promise.resolve());
    await expect(sweep(() => Promise.reject(new Error('no database')), work)).rejects.toThrow('no database');
    expect(work).not.toHaveBeenCalled();
  });
});
