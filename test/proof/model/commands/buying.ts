import { expect } from '@jest/globals';
import { aDelivery } from '../../../support/deliveries.js';
import type { Kind, Run } from '../command.js';
import type { Dice } from '../dice.js';
import { isSentHere, priceOf, unitsAlone } from '../promises/freight.js';
import { newAttempt, pay } from '../promises/money.js';
import type { Model } from '../promises/model.js';
import type { Entry, Person } from '../promises/people.js';
import type { Offer, Purchase, Team } from '../promises/records.js';
import { isThere, take } from '../promises/stock.js';
import { joiningBy, openingBy } from '../promises/teams.js';
import type { Answer } from '../world.js';
import { ask, newKey, promisedTo, remember } from './asking.js';

interface Wish {
  /** An address of the own book; null for one that is written down for this order only. */
  readonly entry: Entry | null;
  readonly person: Person;
  readonly quantity: number;
}

/** What the shop says of a checkout that was just placed. */
interface Placed {
  readonly checkoutId: string;
  readonly orderId: string;
  readonly payUntil: string;
  readonly payableMinor: number;
}

interface CheckoutAnswer extends Pick<Placed, 'payUntil' | 'payableMinor'> {
  readonly id: string;
  readonly orders: readonly [{ readonly id: string }];
}

interface SeatAnswer {
  readonly id: string;
  readonly team: { readonly id: string };
  readonly order: {
    readonly id: string;
    readonly checkout: { readonly id: string; readonly payUntil: string; readonly payableMinor: number };
  };
}

const OTHER = { delivery: aDelivery({ recipientName: '李四' }) };

/** Somebody opens a team. */
export const teamOpen: Kind<Wish & { readonly offer: Offer }> = {
  name: 'teamOpen',
  mutations: ['teamOpen'],
  weight: 8,
  choose: ({ people, offers, now }, dice) => {
    const person = dice.oneOf(people);
    const shut = offers.filter(({ terms: { startsAt, endsAt } }) => now < startsAt || now >= endsAt);
    const offer = dice.happens(15) && shut.length > 0 ? dice.oneOf(shut) : dice.oneOf(offers);
    return person && offer && { person, offer, quantity: dice.pick(1, 1, 1, 2, 3), entry: entryOf(person, dice) };
  },
  tell: ({ person, quantity }) => `${person.name} opens a team with ${quantity}`,
  act: async ({ person, offer, quantity, entry }, model, run) => {
    const promised = promisedTo(person, () => openingBy(model, offer, person, quantity));
    const input = { offerId: offer.id, quantity, delivery: deliveryTo(entry), idempotencyKey: newKey() };
    const answer = await send(model, run, { person, mutation: 'teamOpen', promised, input });
    if (answer.type !== 'Seat') return answer.type;
    const { team: opened } = answer.value as unknown as SeatAnswer;
    const name = `team ${model.teams.length + 1}`;
    const team: Team = {
      ...{ name, id: opened.id, offer, terms: offer.terms, opener: person },
      ...{ status: 'PENDING', expiresAt: null, members: [] },
    };
    model.teams.push(team);
    sit(model, team, { person, quantity, entry }, answer);
    return answer.type;
  },
};

/** Somebody joins a team. */
export const teamJoin: Kind<Wish & { readonly team: Team }> = {
  name: 'teamJoin',
  mutations: ['teamJoin'],
  weight: 18,
  choose: ({ people, teams }, dice) => {
    const joinable = teams.filter(({ status }) => status === 'FORMING');
    const team = dice.happens(15) ? dice.oneOf(teams) : dice.oneOf(joinable);
    const strangers = people.filter((person) => team?.members.every(({ buyer }) => buyer !== person));
    const known = strangers.filter((each) => team?.offer.unitsOf.get(each));
    const someone = known.length > 0 && dice.happens(40) ? known : strangers;
    const person = dice.happens(30) ? dice.oneOf(people) : dice.oneOf(someone);
    return person && team && { person, team, quantity: dice.pick(1, 1, 1, 1, 2, 3), entry: entryOf(person, dice) };
  },
  tell: ({ person, team, quantity }) => `${person.name} joins ${team.name} with ${quantity}`,
  act: async ({ person, team, quantity, entry }, model, run) => {
    const promised = promisedTo(person, () => joiningBy(model, team, person, quantity));
    const input = { teamId: team.id, quantity, delivery: deliveryTo(entry), idempotencyKey: newKey() };
    const answer = await send(model, run, { person, mutation: 'teamJoin', promised, input });
    if (answer.type === 'Seat') sit(model, team, { person, quantity, entry }, answer);
    return answer.type;
  },
};

/** Somebody buys alone. */
export const checkoutPlace: Kind<Wish & { readonly isToldWrong: boolean }> = {
  name: 'checkoutPlace',
  mutations: ['checkoutPlace'],
  weight: 5,
  choose: ({ people }, dice) => {
    const person = dice.oneOf(people);
    const isToldWrong = dice.happens(10);
    return person && { person, quantity: dice.pick(1, 1, 2, 4), entry: entryOf(person, dice), isToldWrong };
  },
  tell: ({ person, quantity }) => `${person.name} buys ${quantity} alone`,
  act: async ({ person, quantity, entry, isToldWrong }, model, run) => {
    const promised = promisedTo(person, () => buyingBy(model, person, quantity, isToldWrong));
    const lines = [{ skuId: model.goods.skuId, quantity }];
    const costsMinor = priceOf(model, quantity, model.goods.priceMinor);
    const expectedPayableMinor = isToldWrong ? costsMinor + 1 : costsMinor;
    const input = { lines, delivery: deliveryTo(entry), expectedPayableMinor, idempotencyKey: newKey() };
    const answer = await send(model, run, { person, mutation: 'checkoutPlace', promised, input });
    if (answer.type !== 'Checkout') return answer.type;
    const { id: checkoutId, orders, ...rest } = answer.value as unknown as CheckoutAnswer;
    expect(rest.payableMinor).toBe(costsMinor);
    const placed = { ...rest, checkoutId, orderId: orders[0].id };
    const bought = {
      buyer: person,
      quantity,
      unitPriceMinor: model.goods.priceMinor,
      recipientName: recipientIn(entry),
    };
    add(model, placed, { ...bought, team: null, seatId: null });
    return answer.type;
  },
};

/** What buying alone is answered with. */
function buyingBy(model: Model, person: Person, quantity: number, isToldWrong: boolean): string {
  const { isOnSale, unitsPerOrder, unitsPerBuyer } = model.goods;
  if (!isOnSale) return 'NotOnSale';
  if (unitsPerOrder !== null && quantity > unitsPerOrder) return 'OverOrderLimit';
  if (!isSentHere(model)) return 'NotDelivered';
  if (isToldWrong) return 'PriceChanged';
  if (unitsPerBuyer !== null && unitsAlone(model, person) + quantity > unitsPerBuyer) return 'OverBuyerLimit';
  return isThere(model, null, quantity) ? 'Checkout' : 'SoldOut';
}

async function send(
  model: Model,
  run: Run,
  { person, mutation, promised, input }: { person: Person; mutation: string; promised: string; input: object },
): Promise<Answer> {
  const phone = run.world.phoneOf(person);
  const answer = await ask(run, phone, mutation, promised, input);
  const isAccepted = answer.type === 'Seat' || answer.type === 'Checkout';
  if (isAccepted) remember(model, run, { phone, person, mutation, input, other: OTHER, answer });
  return answer;
}

function sit(model: Model, team: Team, { person, quantity, entry }: Wish, { value }: Answer): void {
  const { id: seatId, order } = value as unknown as SeatAnswer;
  const { id: checkoutId, ...checkout } = order.checkout;
  expect(checkout.payableMinor).toBe(priceOf(model, quantity, team.terms.priceMinor));
  const placed = { ...checkout, checkoutId, orderId: order.id };
  const { priceMinor: unitPriceMinor } = team.terms;
  const bought = { buyer: person, quantity, unitPriceMinor, recipientName: recipientIn(entry) };
  team.members.push(add(model, placed, { ...bought, team, seatId }));
}

/** Whose name is on the parcel. */
function recipientIn(entry: Entry | null): string {
  return entry?.recipientName ?? aDelivery().address.recipientName;
}

function deliveryTo(entry: Entry | null): object {
  return entry ? { addressId: entry.id } : aDelivery();
}

function entryOf({ contact: { book } }: Person, dice: Dice): Entry | null {
  return dice.happens(50) ? dice.oneOf(book) : null;
}

function add(
  model: Model,
  { checkoutId, orderId, payUntil, payableMinor }: Placed,
  what: Pick<Purchase, 'buyer' | 'quantity' | 'unitPriceMinor' | 'team' | 'seatId' | 'recipientName'>,
): Purchase {
  const isFree = payableMinor === 0;
  const purchase: Purchase = {
    ...what,
    ...{ name: `purchase ${model.purchases.length + 1}`, checkoutId, orderId, payableMinor },
    freightMinor: payableMinor - what.quantity * what.unitPriceMinor,
    payUntil: Date.parse(payUntil) / 1_000,
    ...{ checkout: 'HELD', order: 'UNPAID', seat: what.team && 'HELD', paidAt: 0 },
    attempts: isFree ? [] : [newAttempt('INIT')],
    ...{ promisedMinor: 0, refundedMinor: 0, shipped: 0, parcels: [], receiveBy: Infinity, completesAt: Infinity },
    ...{ cancelled: 0, lastShippedAt: 0, cases: [] },
    invoice: null,
    ...{ isExtended: false, isNews: false, said: null, finished: 0 },
  };
  model.purchases.push(purchase);
  take(model, purchase);
  if (isFree) {
    purchase.checkout = 'PAID';
    pay(model, purchase);
  }
  return purchase;
}
