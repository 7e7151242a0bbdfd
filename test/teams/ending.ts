import { ChannelService } from '#payments';
import { FormingService } from '#teams';
import type { Shop } from '../support/shop.js';
import { expectEqualBooks, expectSettled, settle } from '../support/sound.js';

const HOUR = 3_600_000;

/** Lets every hold and every team run out, for shops with a simulated clock; then nothing may be broken, and our books equal WeChat's. */
export async function expectSoundEnd(shop: Shop): Promise<void> {
  await settle(shop);
  await shop.setTime(new Date(Date.now() + 100 * HOUR));
  await shop.get(ChannelService).closeOverdue();
  await settle(shop);
  await shop.get(FormingService).expire();
  await expectSettled(shop);
  await expectEqualBooks(shop);
}
