import fc from 'fast-check';
import { Product } from '#catalog';
import { secondsAfter } from '#common';
import { agreed } from '../../orders/settlement/counting-house.js';
import { anOffer as anOfferOnSale } from '../../support/builders.js';
import type { Run } from './command.js';
import { checkoutPlace, teamOpen } from './commands/buying.js';
import { freightTemplateAdd, productsFreightSet } from './commands/freight.js';
import { workEverything } from './commands/machinery.js';
import { anOffer } from './commands/offers.js';
import { payAtOnce } from './commands/paying.js';
import { sessionIn } from './commands/identity.js';
import { consentGive } from './commands/privacy.js';
import { staffEnrol, staffEnrolConfirm } from './commands/enrolling.js';
import { staffLogin } from './commands/staff.js';
import { type FreightSaid, isSentHere } from './promises/freight.js';
import { Model } from './promises/model.js';
import { newPerson } from './promises/people.js';
import type { Terms } from './promises/records.js';

const PRICE_MINOR = 1_000;
/** So that commission is seldom whole. */
const COMMISSION_BPS = 333;
const FOREVER_SECONDS = 10_000_000;
const NAMES = ['ana', 'bo', 'cy', 'dee'] as const;

/** What a run begins with. */
export interface Setting {
  readonly stock: number;
  readonly size: number;
  readonly unitsMax: number;
  readonly unitsPerBuyer: number;
  readonly teamPriceMinor: number;
  /** Whether there is a team already that can be joined. */
  readonly isBegun: boolean;
  /** Whether somebody has bought two alone that are to be shipped. */
  readonly isBought: boolean;
  /** Whether two of the people have agreed to something already. */
  readonly isAgreed: boolean;
  /** How the goods are sent; null if for nothing. */
  readonly sent: FreightSaid | null;
  /** Whether a colleague has an account that works. */
  readonly isStaffed: boolean;
}

export const settings: fc.Arbitrary<Setting> = fc.record({
  stock: fc.integer({ min: 4, max: 9 }),
  size: fc.constantFrom(2, 3),
  unitsMax: fc.integer({ min: 3, max: 8 }),
  unitsPerBuyer: fc.constantFrom(3, 2, 4),
  teamPriceMinor: fc.constantFrom(800, 800, 800, 800, 0),
  isBegun: fc.constantFrom(false, true, true),
  isBought: fc.constantFrom(false, true),
  isAgreed: fc.constantFrom(false, true, true),
  isStaffed: fc.constantFrom(false, true),
  sent: fc.constantFrom(
    null,
    null,
    { stepMinor: 200, freeFromMinor: null, isSentHere: true },
    { stepMinor: 200, freeFromMinor: 2_000, isSentHere: true },
    { stepMinor: 0, freeFromMinor: null, isSentHere: false },
  ),
});

/** People, goods and an offer that no other run has anything to do with. */
export async function prepare(
  { stock, isBegun, isBought, isAgreed, isStaffed, sent, ...setting }: Setting,
  run: Run,
): Promise<Model> {
  const { world } = run;
  await world.beginRun();
  const now = world.nowSeconds;
  const terms: Terms = {
    ...{ size: setting.size, unitsMax: setting.unitsMax, unitsPerBuyer: setting.unitsPerBuyer, unitsPerOrder: 2 },
    ...{ priceMinor: setting.teamPriceMinor, ttlSeconds: 7_200 },
    ...{ startsAt: now - 1, endsAt: now + FOREVER_SECONDS },
  };
  const { productId, skuId, offer } = await anOfferOnSale(world.shop, {
    ...{ stock, size: terms.size, unitsMax: terms.unitsMax, priceMinor: PRICE_MINOR },
    ...{ unitsPerOrder: terms.unitsPerOrder, unitsPerBuyer: terms.unitsPerBuyer, ttlSeconds: terms.ttlSeconds },
    ...{ teamPriceMinor: terms.priceMinor, startsAt: secondsAfter(world.now, -1) },
    endsAt: secondsAfter(world.now, FOREVER_SECONDS),
  });
  const { supplierId } = await world.shop.source.manager.findOneByOrFail(Product, { id: productId });
  await agreed(world.shop, supplierId, COMMISSION_BPS);
  const model = new Model(now, {
    ...{ productId, supplierId, skuId, priceMinor: PRICE_MINOR, unitsInAll: stock, unitsFree: stock, isOnSale: true },
    ...{ template: null, unitGrams: null, unitsPerOrder: null, unitsPerBuyer: null },
  });
  model.offers.push(anOffer(offer.id, terms));
  for (const name of NAMES) {
    const phone = await world.newcomer(name);
    const { accessToken, refreshToken } = phone;
    const session = sessionIn({ value: { accessToken, refreshToken } });
    model.people.push(newPerson({ name, userId: await phone.userId(), session, logins: 1 }));
  }
  if (isAgreed) await agree(model, run);
  if (isStaffed) await enrol(model, run);
  if (isBegun) await begin(model, run);
  if (sent) await send(sent, model, run);
  if (isBought && isSentHere(model)) await buy(model, run);
  return model;
}

async function begin(model: Model, run: Run): Promise<void> {
  const [person, offer] = [model.people[0]!, model.offers[0]!];
  await teamOpen.act({ person, offer, quantity: 1, entry: null }, model, run);
  await payNewest(model, run);
}

async function buy(model: Model, run: Run): Promise<void> {
  const person = model.people[2]!;
  await checkoutPlace.act({ person, quantity: 2, entry: null, isToldWrong: false }, model, run);
  await payNewest(model, run);
}

async function payNewest(model: Model, run: Run): Promise<void> {
  const purchase = model.purchases.at(-1)!;
  await payAtOnce.act({ purchase, how: 'and WeChat tells', options: {} }, model, run);
  await workEverything.act(false, model, run);
}

async function send(said: FreightSaid, model: Model, run: Run): Promise<void> {
  await freightTemplateAdd.act(said, model, run);
  await productsFreightSet.act({ template: model.templates[0]!, unitGrams: 1_001 }, model, run);
}

async function agree(model: Model, run: Run): Promise<void> {
  for (const person of model.people.slice(0, 2))
    for (const purpose of ['ADDRESS_BOOK', 'PHONE'] as const)
      await consentGive.act({ person, purpose, isTextOfToday: true }, model, run);
}

async function enrol(model: Model, run: Run): Promise<void> {
  for (const step of [staffEnrol, staffEnrolConfirm, staffLogin]) await step.act('as it should be', model, run);
}
