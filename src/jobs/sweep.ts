import { Logger } from '@nestjs/common';

/** How many due rows a sweep reads at once. */
export const SWEEP_PAGE = 500;
const AT_ONCE = 8;

const logger = new Logger('Sweep');

/**
 * Works through everything that is due, page by page and several at a time. One item's failure is told and never stops the others.
 *
 * @param page reads up to SWEEP_PAGE items that follow the one given, in a stable order
 * @throws Error at the end if any item failed, so that the scheduled task shows why
 */
export async function sweep<Item>(
  page: (after: Item | null) => Promise<readonly Item[]>,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const failures: string[] = [];
  const attempt = async (item: Item): Promise<void> => {
    try {
      await work(item);
    } catch (error) {
      failures.push(String(error));
      logger.warn(`one of a sweep failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  };

  let after: Item | null = null;
  for (;;) {
    const items: readonly Item[] = await page(after);
    for (let start = 0; start < items.length; start += AT_ONCE) {
      await Promise.all(items.slice(start, start + AT_ONCE).map(attempt));
    }
    after = items.at(-1) ?? null;
    if (items.length < SWEEP_PAGE) break;
  }
  if (failures.length > 0) throw new Error(`${failures.length} of a sweep failed, the first: ${failures[0] ?? ''}`);
}
