import type { Kind, Run } from '../command.js';
import type { Dice } from '../dice.js';
import { changing, whyNotWork } from '../promises/offers.js';
import type { Model } from '../promises/model.js';
import type { Offer, Terms } from '../promises/records.js';
import { ask, newKey, remember } from './asking.js';

const REASON = 'a run of the model';

/** An operator makes an offer, with terms that may not work. */
export const offerAdd: Kind<Terms> = {
  name: 'offerAdd',
  mutations: ['offerAdd'],
  weight: 3,
  choose: (model, dice) => (model.offers.length < 3 ? termsBy(model, dice) : null),
  tell: (terms) => `an operator makes an offer ${textOf(terms)}`,
  act: async (terms, model, run) => {
    const promised = whyNotWork(model, terms) ?? 'OfferSheet';
    const input = { ...inputOf(model, terms), idempotencyKey: newKey() };
    const answer = await send(model, run, 'offerAdd', promised, input);
    if (answer.type === 'OfferSheet') model.offers.push(anOffer(answer.offerId, terms));
    return answer.type;
  },
};

interface Change {
  readonly offer: Offer;
  readonly terms: Terms;
  readonly revision: number;
}

/** An operator changes an offer; what was looked at may be stale, and the new terms may not work. */
export const offerChange: Kind<Change> = {
  name: 'offerChange',
  mutations: ['offerChange'],
  weight: 4,
  choose: (model, dice) => {
    const offer = dice.oneOf(model.offers);
    if (!offer) return null;
    const revision = offer.revision + (dice.happens(15) ? 1 : 0);
    const short = { unitsMax: Math.max(offer.unitsTaken - 1, 1) };
    return { offer, revision, terms: { ...termsBy(model, dice), ...(dice.happens(25) && short) } };
  },
  tell: ({ terms, revision }) => `an operator changes revision ${revision} of an offer to ${textOf(terms)}`,
  act: async ({ offer, terms, revision }, model, run) => {
    const promised = changing(model, offer, terms, revision);
    const input = { ...inputOf(model, terms), offerId: offer.id, revision, idempotencyKey: newKey() };
    const { type } = await send(model, run, 'offerChange', promised, input);
    if (type === 'OfferSheet') Object.assign(offer, { terms, revision: revision + 1 });
    return type;
  },
};

/** An operator stops an offer, or lets it go on. */
export const offerFreeze: Kind<{ readonly offer: Offer; readonly isFrozen: boolean }> = {
  name: 'offerFreeze',
  mutations: ['offerFreeze', 'offerUnfreeze'],
  weight: 2,
  choose: ({ offers }, dice) => {
    const frozen = offers.filter(({ isFrozen }) => isFrozen);
    const offer = frozen.length > 0 ? dice.oneOf(frozen) : dice.oneOf(offers);
    return offer && { offer, isFrozen: dice.happens(10) ? offer.isFrozen : !offer.isFrozen };
  },
  tell: ({ isFrozen }) => `an operator ${isFrozen ? 'stops an offer' : 'lets an offer go on'}`,
  act: async ({ offer, isFrozen }, _model, run) => {
    const mutation = isFrozen ? 'offerFreeze' : 'offerUnfreeze';
    const input = { offerId: offer.id, reason: REASON };
    const { type } = await ask(run, await run.world.operator(), mutation, 'OfferSheet', input);
    offer.isFrozen = isFrozen;
    return `${mutation} ${type}`;
  },
};

export function anOffer(id: string, terms: Terms): Offer {
  return { id, revision: 1, terms, isFrozen: false, unitsTaken: 0, unitsOf: new Map() };
}

function termsBy({ now, goods }: Model, dice: Dice): Terms {
  const good: Terms = {
    ...{ size: dice.pick(2, 3), ttlSeconds: 3_600, unitsPerOrder: 2, unitsPerBuyer: 3 },
    ...{ priceMinor: dice.pick(goods.priceMinor, 0, 300), unitsMax: 4, startsAt: now - 1, endsAt: now + 500_000 },
  };
  return dice.pick(
    good,
    good,
    { ...good, unitsPerOrder: 1, unitsPerBuyer: 1 },
    { ...good, ttlSeconds: 600 },
    { ...good, endsAt: now + 600 },
    { ...good, ttlSeconds: 200_000 },
    { ...good, priceMinor: goods.priceMinor + 1 },
    { ...good, size: 5 },
    { ...good, unitsMax: good.size },
    { ...good, startsAt: now + 3_000 },
    { ...good, endsAt: now + 1_000 },
  );
}

/** The same whenever it is done. */
function textOf({ startsAt, endsAt, ...terms }: Terms): string {
  return JSON.stringify({ ...terms, openSeconds: endsAt - startsAt });
}

function inputOf({ goods: { skuId } }: Model, { priceMinor, unitsMax, startsAt, endsAt, ...terms }: Terms): object {
  const times = { startsAt: new Date(startsAt * 1_000), endsAt: new Date(endsAt * 1_000) };
  return { ...terms, ...times, prices: [{ skuId, priceMinor, unitsMax }], reason: REASON };
}

async function send(model: Model, run: Run, mutation: string, promised: string, input: object) {
  const phone = await run.world.operator();
  const answer = await ask(run, phone, mutation, promised, input);
  const { type, value } = answer;
  if (type !== 'OfferSheet') return { type, offerId: '' };
  remember(model, run, { phone, person: null, mutation, input, other: { reason: 'another one' }, answer });
  return { type, offerId: (value['offer'] as { id: string }).id };
}
