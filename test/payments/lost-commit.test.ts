import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { anOffer } from '../support/builders.js';
import { type Break, type CommitCutter, cutCommits } from '../support/commit-cutter.js';
import type { Phone } from '../support/phone.js';
import { Shop } from '../support/shop.js';
import { expectSettled, settle } from '../support/sound.js';

let shop: Shop;
let cutter: CommitCutter;
let ana: Phone;
let skuId: string;
let offerId: string;

beforeAll(async () => {
  shop = await Shop.open({
    connect: async (databaseUrl) => {
      cutter = await cutCommits(databaseUrl);
      return cutter.url;
    },
  });
  ana = await shop.login('ana');
  const sale = await anOffer(shop, { size: 2, stock: 100 });
  [skuId, offerId] = [sale.skuId, sale.offer.id];
});
afterAll(async () => {
  await shop.close();
  await cutter.close();
});
afterEach(async () => {
  await expectSettled(shop);
});

const checkouts = async (): Promise<number> => {
  const [row] = await shop.rows<{ times: string }>('SELECT COUNT(*) AS times FROM checkout');
  return Number(row!.times);
};

describe.each<Break>(['BEFORE_THE_SERVER', 'BEFORE_THE_ANSWER'])(
  'a line to the database that breaks at COMMIT, %s',
  (where) => {
    it('leaves one order, which is what the buyer is told of, however often the phone asks', async () => {
      const before = await checkouts();
      cutter.arm(where);
      const checkout = await ana.buy(skuId, 1, `lost-${where}`);
      const again = await ana.buy(skuId, 1, `lost-${where}`);
      expect(again.id).toBe(checkout.id);
      expect(await checkouts()).toBe(before + 1);
      await expect(ana.buy(skuId, 2, `lost-${where}`)).rejects.toThrow(/CONFLICT/);
      await ana.cancel(checkout.id);
    });

    it('leaves one team with one seat', async () => {
      const before = await checkouts();
      cutter.arm(where);
      const seat = await ana.open(offerId, 1, `lost-team-${where}`);
      expect((await ana.open(offerId, 1, `lost-team-${where}`)).id).toBe(seat.id);
      expect(await checkouts()).toBe(before + 1);
      await ana.cancel(seat.order.checkout.id);
    });

    it('loses no money that was just being booked', async () => {
      const checkout = await ana.buy(skuId);
      await ana.pay(checkout.id, { notify: { lose: true } });
      cutter.arm(where);
      await ana.confirmPayment(checkout.id).catch(() => undefined); // The buyer may see an error; the money is booked once all the same.
      expect((await ana.confirmPayment(checkout.id)).status).toBe('PAID');
      await settle(shop);
      const captures = await shop.rows(
        'SELECT 1 FROM capture JOIN checkout ON checkout.id = checkout_id WHERE transaction_id IS NOT NULL',
      );
      expect(captures).toHaveLength((await shop.books()).captures);
    });
  },
);
