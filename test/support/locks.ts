import type { Shop } from './shop.js';
import { until } from './sound.js';

/** Waits until somebody asks for the lock of an offer, which the caller's transaction holds. */
export async function untilOfferIsAskedFor(shop: Shop): Promise<void> {
  const waiting = (): Promise<unknown[]> =>
    shop.rows(
      "SELECT 1 FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE 'SELECT%FROM `offer`%FOR UPDATE'",
    );
  await until(async () => (await waiting()).length > 0, 'somebody waits for the offer');
}
