import type { Shop } from './shop.js';
import { until } from './sound.js';

/** Waits until somebody asks for the lock of an offer, which the caller's transaction holds. */
export async function untilOfferIsAskedFor(shop: Shop): Promise<void> {
  await untilAskedFor(shop, 'SELECT%FROM `offer`%FOR UPDATE', 1);
}

/** Waits until somebody asks for the lock of a team, which the caller's transaction holds. */
export async function untilTeamIsAskedFor(shop: Shop): Promise<void> {
  await untilAskedFor(shop, 'SELECT%FROM `team`%FOR UPDATE', 1);
}

/** Waits until so many want a refund, be it to look at it or to write it, whose lock the caller's transaction holds. */
export async function untilRefundIsWanted(shop: Shop, times: number): Promise<void> {
  await untilAskedFor(shop, '%`refund`%', times);
}

async function untilAskedFor(shop: Shop, statement: string, times: number): Promise<void> {
  const waiting = (): Promise<unknown[]> =>
    shop.rows(
      'SELECT 1 FROM information_schema.processlist WHERE db = DATABASE() AND info LIKE ? AND id <> CONNECTION_ID()',
      [statement],
    );
  await until(async () => (await waiting()).length >= times, `${times} wait for ${statement}`);
}
