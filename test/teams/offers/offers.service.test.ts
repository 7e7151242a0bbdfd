import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Allotment, type AllotmentId, type SkuId } from '#catalog';
import { idBytes, newId, Refused, type RequestError } from '#common';
import type { UserId } from '#identity';
import {
  type NewTerms,
  Offer,
  type OfferChange,
  OfferPrice,
  OfferSheetsService,
  OffersService,
  SeatingService,
  Team,
  type TeamId,
} from '#teams';
import { anOffer, draftOf, type OfferTerms, type OnSale } from '../../support/builders.js';
import { aDelivery } from '../../support/deliveries.js';
import { untilOfferIsAskedFor } from '../../support/locks.js';
import { Shop } from '../../support/shop.js';
import { expectSound } from '../../support/sound.js';

const BY = { by: 'command:test', reason: 'a test' } as const;

let shop: Shop;
let offers: OffersService;
let seating: SeatingService;
let sale: OnSale;
let offer: Offer;

beforeAll(async () => {
  shop = await Shop.open();
  offers = shop.get(OffersService);
  seating = shop.get(SeatingService);
});
beforeEach(async () => {
  await sell();
});
afterAll(async () => {
  await expectSound(shop);
  await shop.close();
});

async function sell(terms: OfferTerms = {}): Promise<void> {
  sale = await anOffer(shop, terms);
  ({ offer } = sale);
}

/** The offer's terms, some of them changed. */
async function termsWith(change: Partial<NewTerms> = {}): Promise<NewTerms> {
  return { ...(await draftOf(shop, offer)), ...BY, offerId: offer.id, revision: offer.revision, ...change };
}

/** The new terms, in a transaction of their own. */
async function changeTo(terms: NewTerms): Promise<Offer> {
  return shop.source.transaction((db) => offers.change(db, terms));
}

/** What was refused, or the field that was wrong. */
async function refusalOf(attempt: Promise<unknown>): Promise<unknown> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof Refused) return { ...error.refusal, type: error.refusal.constructor.name };
  return (error as RequestError | null)?.mistakes.map(({ path }) => path);
}

/** A second SKU of the same product. */
async function sibling(priceMinor = 5_000): Promise<SkuId> {
  const id = newId('sku');
  const [bytes, product] = [idBytes(id), idBytes(sale.productId)];
  await shop.rows(`UPDATE product SET options = '[{"name":"规格","values":["大","小"]}]' WHERE id = ?`, [product]);
  await shop.rows(`UPDATE sku SET option_values = '["大"]', title = '大' WHERE product_id = ?`, [product]);
  await shop.rows(
    `INSERT INTO sku (id, product_id, code, title, option_values, price_minor, currency) VALUES (?, ?, ?, '小', '["小"]', ?, 'CNY')`,
    [bytes, product, id.slice(-20), priceMinor],
  );
  await shop.rows(
    "INSERT INTO sku_price (sku_id, price_minor, currency, set_at, set_by, reason) VALUES (?, ?, 'CNY', NOW(3), 'command:test', 'x')",
    [bytes, priceMinor],
  );
  await shop.rows("INSERT INTO stock_move (sku_id, kind, quantity) VALUES (?, 'RECEIVE', 100)", [idBytes(id)]);
  await shop.rows('INSERT INTO stock (sku_id, on_hand, reserved, sold) VALUES (?, 100, 0, 0)', [idBytes(id)]);
  return id;
}

const open = (buyerId: UserId, quantity = 1, skuId: SkuId | null = null): Promise<object> =>
  seating.open(buyerId, {
    ...{ offerId: offer.id, skuId, quantity, delivery: aDelivery() },
    idempotencyKey: newId('attempt').slice(-20),
  });
const stored = (): Promise<Offer> => shop.source.manager.findOneByOrFail(Offer, { id: offer.id });
/** What was done to the offer, oldest first. */
const changes = async (): Promise<OfferChange[]> => {
  const { edges } = await shop.get(OfferSheetsService).changes(offer.id, { first: 100 });
  return edges.map(({ node }) => node).toReversed();
};
const allotment = (id: AllotmentId): Promise<Allotment> => shop.source.manager.findOneByOrFail(Allotment, { id });

/** How each of many attempts ended: the type of the answer. */
async function countsOf(attempts: Promise<object>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const each of await Promise.allSettled(attempts)) {
    const isRefused = each.status === 'rejected' && each.reason instanceof Refused;
    if (each.status === 'rejected' && !isRefused) throw each.reason as Error;
    const { name } = (each.status === 'fulfilled' ? each.value : (each.reason as Refused).refusal).constructor;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('a change of terms', () => {
  it('is a revision of its own: the one before keeps its prices, and both are written down with who and why', async () => {
    const green = sale.skuId;
    const black = await sibling();
    const prices = [
      { skuId: green, priceMinor: 7_000, unitsMax: 80 },
      { skuId: black, priceMinor: 4_000, unitsMax: 20 },
    ];
    const changed = await changeTo(await termsWith({ size: 5, prices, by: 'staff_olga', reason: '春季促销' }));
    expect(changed).toEqual({ ...offer, size: 5, revision: 2 });
    expect(await stored()).toEqual(changed);

    const rows = await shop.source.manager.find(OfferPrice, {
      where: { offerId: offer.id },
      order: { revision: 'ASC', priceMinor: 'DESC' },
    });
    const row = (revision: number, skuId: SkuId, priceMinor: number) => ({ revision, skuId, priceMinor });
    expect(rows).toMatchObject([row(1, green, 8_000), row(2, green, 7_000), row(2, black, 4_000)]);
    expect(await changes()).toMatchObject([
      {
        kind: 'ADDED',
        changedBy: 'command:test',
        terms: { revision: 1, size: 3, startsAt: offer.startsAt, endsAt: offer.endsAt },
      },
      {
        kind: 'CHANGED',
        changedBy: 'staff_olga',
        reason: '春季促销',
        terms: { revision: 2, size: 5, prices, frozenAt: null },
      },
    ]);
  });

  it('keeps a SKU’s one share, what is taken of it included, also when the SKU was dropped and comes back', async () => {
    const [buyer] = await shop.people(1);
    const black = await sibling();
    await open(buyer!, 2);
    const [price] = (await draftOf(shop, offer)).prices;
    offer = await changeTo(await termsWith({ prices: [{ skuId: black, priceMinor: 4_000, unitsMax: 20 }] }));
    expect(await allotment(sale.allotmentId)).toMatchObject({ unitsMax: 100, unitsTaken: 2 });
    expect(await refusalOf(open(buyer!, 1, sale.skuId))).toEqual(['input.skuId']);

    offer = await changeTo(await termsWith({ prices: [{ ...price!, unitsMax: 50 }] }));
    expect(await allotment(sale.allotmentId)).toMatchObject({ unitsMax: 50, unitsTaken: 2 });
    const shares = await shop.rows('SELECT 1 FROM allotment WHERE sku_id = ?', [idBytes(sale.skuId)]);
    expect(shares).toHaveLength(1);
  });

  it('lowers a share to what is taken of it and no further, and then nothing else is changed', async () => {
    const [buyer] = await shop.people(1);
    await open(buyer!, 4);
    const to = (unitsMax: number) => ({ prices: [{ skuId: sale.skuId, priceMinor: 8_000, unitsMax }], size: 2 });
    expect(await refusalOf(changeTo(await termsWith(to(3))))).toMatchObject({
      ...{ type: 'ShareBelowTaken', skuId: sale.skuId, unitsTaken: 4 },
    });
    expect([await stored(), await changes()]).toEqual([offer, [expect.objectContaining({ kind: 'ADDED' })]]);
    await changeTo(await termsWith(to(4)));
    expect(await allotment(sale.allotmentId)).toMatchObject({ unitsMax: 4, unitsTaken: 4 });
    expect(await refusalOf(open(buyer!))).toMatchObject({ type: 'SoldOut', skuId: sale.skuId });
  });

  // prettier-ignore
  it.each<{ what: string; change: (sale: OnSale) => Partial<NewTerms>; refusal: unknown }>([
    { what: 'is judged like a new offer',      change: () => ({ ttlSeconds: 172_801 }), refusal: { type: 'OfferTooLong' } },
    { what: 'must be of the same product',     change: () => ({ prices: [{ skuId: newId('sku'), priceMinor: 1, unitsMax: 9 }] }), refusal: ['input.prices.0.skuId'] },
    { what: 'must be of an offer that exists', change: () => ({ offerId: newId('offer') }), refusal: ['input.offerId'] },
    { what: 'must know the latest terms',      change: () => ({ revision: 7 }), refusal: { type: 'OfferChanged', sheet: { revision: 1 } } },
  ])('$what', async ({ change, refusal }) => {
    const answer = await refusalOf(changeTo(await termsWith(change(sale))));
    expect(answer).toEqual(Array.isArray(refusal) ? refusal : expect.objectContaining({ type: (refusal as { type: string }).type }));
    expect(answer).toMatchObject(refusal as object);
    expect([await stored(), (await changes()).length]).toEqual([offer, 1]);
  });

  it('succeeds for one of two operators who change the offer at once; the other is shown how it stands', async () => {
    const terms = await termsWith({ size: 4 });
    const race = [changeTo(terms), changeTo({ ...terms, size: 5 })];
    const [counts] = await Promise.all([countsOf(race), Promise.allSettled(race)]);
    expect(counts).toEqual({ Offer: 1, OfferChanged: 1 });
    const { revision, size } = await stored();
    const loser = (await Promise.allSettled(race)).find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect((loser.reason as Refused).refusal).toMatchObject({ sheet: { revision: 2, offer: { revision, size } } });
    expect(await changes()).toHaveLength(2);
  });

  it('is never half seen: each of many teams opened meanwhile has size, time, limits and prices of one revision', async () => {
    const buyers = await shop.people(40);
    // A team of n members has n in all its terms.
    const uniform = async (size: number, revision: number): Promise<NewTerms> =>
      termsWith({
        ...{ revision, size, ttlSeconds: size * 1_000, unitsPerOrder: size, unitsPerBuyer: size },
        prices: [{ skuId: sale.skuId, priceMinor: size, unitsMax: 100 }],
      });
    await changeTo(await uniform(2, 1));
    const changing = async (): Promise<void> => {
      for (let revision = 2; revision < 12; revision += 1) await changeTo(await uniform(revision + 1, revision));
    };
    await Promise.all([changing(), ...buyers.map((buyer) => open(buyer))]);

    const teams = await shop.source.manager.findBy(Team, { offerId: offer.id });
    expect(teams).toHaveLength(buyers.length);
    for (const { revision, size, ttlSeconds, unitsPerOrder, unitsPerBuyer } of teams)
      expect({ size, ttlSeconds, unitsPerOrder, unitsPerBuyer }).toEqual({
        ...{ size: revision, ttlSeconds: revision * 1_000, unitsPerOrder: revision, unitsPerBuyer: revision },
      });
    const paid = await shop.rows<{ price: string; revision: number }>(
      `SELECT unit_price_minor AS price, revision FROM order_line JOIN seat ON seat.order_id = order_line.order_id
       JOIN team ON team.id = team_id WHERE team.offer_id = ?`,
      [idBytes(offer.id)],
    );
    expect(paid).toHaveLength(buyers.length);
    for (const { price, revision } of paid) expect(Number(price)).toBe(revision);
  });

  it('that lowers a share while teams are opened never leaves more taken than it gives', async () => {
    for (let round = 0; round < 5; round += 1) {
      await sell({ size: 2, stock: 100, unitsMax: 100 });
      const buyers = await shop.people(12);
      const lower = await termsWith({ prices: [{ skuId: sale.skuId, priceMinor: 8_000, unitsMax: 6 }] });
      const [opened, lowered] = await Promise.all([
        countsOf(buyers.map((buyer) => open(buyer))),
        countsOf([changeTo(lower)]),
      ]);
      const { unitsMax, unitsTaken } = await allotment(sale.allotmentId);
      expect(unitsTaken).toBe(opened['Seat']);
      expect(unitsTaken).toBeLessThanOrEqual(unitsMax);
      expect([lowered, unitsMax]).toEqual(unitsMax === 6 ? [{ Offer: 1 }, 6] : [{ ShareBelowTaken: 1 }, 100]);
    }
  });

  it('waits for a freeze under way and keeps it', async () => {
    const terms = await termsWith({ size: 5 });
    const { frozen, changed } = await shop.source.transaction(async (db) => {
      await db.query('SELECT id FROM offer WHERE id = ? FOR UPDATE', [idBytes(offer.id)]);
      const freezing = offers.freeze(offer.id, BY);
      await untilOfferIsAskedFor(shop);
      return { frozen: freezing, changed: changeTo(terms) };
    });
    const [{ frozenAt }] = await Promise.all([frozen, changed]);
    expect(frozenAt).not.toBeNull();
    expect(await stored()).toMatchObject({ size: 5, revision: 2, frozenAt });
  });
});

describe('a freeze', () => {
  it('is written down once however often it is asked for, and so is its end', async () => {
    const first = await offers.freeze(offer.id, { by: 'staff_olga', reason: '质量问题' });
    expect(await offers.freeze(offer.id, { by: 'staff_pia', reason: '再次' })).toEqual(first);
    expect(await offers.unfreeze(offer.id, { by: 'staff_pia', reason: '已解决' })).toEqual(offer);
    expect(await offers.unfreeze(offer.id, { by: 'staff_olga', reason: '再次' })).toEqual(offer);
    const { prices } = await draftOf(shop, offer);
    expect(await changes()).toMatchObject([
      { kind: 'ADDED' },
      {
        kind: 'FROZEN',
        changedBy: 'staff_olga',
        reason: '质量问题',
        terms: { frozenAt: first.frozenAt, revision: 1, prices },
      },
      { kind: 'UNFROZEN', changedBy: 'staff_pia', reason: '已解决', terms: { frozenAt: null, prices } },
    ]);
  });

  it.each(['freeze', 'unfreeze'] as const)('(%s) must be of an offer that exists', async (act) => {
    expect(await refusalOf(offers[act](newId('offer'), BY))).toEqual(['input.offerId']);
  });

  it('lets in those who came before it and nobody after it, whether they open or join', async () => {
    await sell({ size: 20 });
    const ana = await shop.login('ana');
    const { team, order } = await ana.open(offer.id);
    await ana.pay(order.checkout.id);
    await ana.confirmPayment(order.checkout.id);
    await shop.drain();
    const teamId = team.id as TeamId;
    const join = (buyerId: UserId): Promise<object> =>
      seating.join(buyerId, {
        teamId,
        quantity: 1,
        delivery: aDelivery(),
        idempotencyKey: newId('attempt').slice(-20),
      });

    const buyers = await shop.people(16);
    const attempts = buyers.map((buyer, index) => (index % 2 === 0 ? join(buyer) : open(buyer)));
    const [counts] = await Promise.all([countsOf(attempts), offers.freeze(offer.id, BY)]);
    expect((counts['Seat'] ?? 0) + (counts['OfferFrozen'] ?? 0)).toBe(buyers.length);

    const [late] = await shop.people(1);
    expect(await refusalOf(join(late!))).toMatchObject({ type: 'OfferFrozen' });
    expect(await refusalOf(open(late!))).toMatchObject({ type: 'OfferFrozen' });
    await offers.unfreeze(offer.id, BY);
    expect(await countsOf([join(late!), open(late!)])).toEqual({ Seat: 2 });
  });
});

describe('a new offer', () => {
  it('that cannot work leaves nothing behind', async () => {
    const count = (): Promise<unknown> =>
      shop.rows('SELECT (SELECT COUNT(*) FROM offer) AS offers, (SELECT COUNT(*) FROM allotment) AS shares');
    const before = await count();
    const { offerId: _, revision: __, ...draft } = await termsWith({ size: 5 });
    const few = { ...draft, prices: draft.prices.map((price) => ({ ...price, unitsMax: 4 })) };
    const attempt = shop.source.transaction((db) => offers.add(db, few));
    expect(await refusalOf(attempt)).toMatchObject({ type: 'ShareTooSmall', size: 5, unitsMax: 4 });
    expect(await count()).toEqual(before);
  });

  it('may be of a product that is not on sale yet: buyers are told so', async () => {
    await shop.rows("UPDATE product SET status = 'OFF_SALE' WHERE id = ?", [idBytes(sale.productId)]);
    const { offerId: _, revision: __, ...draft } = await termsWith();
    offer = await shop.source.transaction((db) => offers.add(db, draft));
    const [buyer] = await shop.people(1);
    expect(await refusalOf(open(buyer!))).toMatchObject({ type: 'NotOnSale' });
  });
});
