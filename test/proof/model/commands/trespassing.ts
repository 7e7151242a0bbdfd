import type { Kind } from '../command.js';
import type { Model } from '../promises/model.js';
import type { Person } from '../promises/people.js';
import type { Offer, Purchase } from '../promises/records.js';
import { ask, newKey, promisedTo } from './asking.js';

/** Somebody reaches for another one's checkout. */
export const checkoutOfAnother: Kind<{ readonly purchase: Purchase; readonly mutation: string }> = {
  name: 'checkout of another',
  mutations: ['paymentStart', 'paymentConfirm', 'checkoutCancel'],
  weight: 1,
  choose: ({ purchases }, dice) => {
    const purchase = dice.oneOf(purchases);
    return purchase && { purchase, mutation: dice.pick('paymentStart', 'paymentConfirm', 'checkoutCancel') };
  },
  tell: ({ purchase, mutation }) => `somebody else sends ${mutation} for ${purchase.name}`,
  act: async ({ purchase: { buyer, checkoutId }, mutation }, model, run) => {
    const other = otherThan(buyer, model);
    const promised = promisedTo(other, () => 'NOT_FOUND');
    return (await ask(run, run.world.phoneOf(other), mutation, promised, { checkoutId })).type;
  },
};

/** Somebody tries to give up another one's seat. */
export const leaveOfAnother: Kind<Purchase> = {
  name: 'teamLeave of another',
  mutations: ['teamLeave'],
  weight: 1,
  choose: ({ purchases }, dice) => dice.oneOf(purchases.filter(({ seatId }) => seatId !== null)),
  tell: ({ name }) => `somebody else leaves ${name}`,
  act: async ({ buyer, seatId }, model, run) => {
    const other = otherThan(buyer, model);
    const input = { seatId, idempotencyKey: newKey() };
    const promised = promisedTo(other, () => 'NOT_FOUND');
    return (await ask(run, run.world.phoneOf(other), 'teamLeave', promised, input)).type;
  },
};

/** A buyer tries what only operators may. */
export const offerByBuyer: Kind<Offer> = {
  name: 'offerFreeze by a buyer',
  mutations: ['offerFreeze'],
  weight: 1,
  choose: ({ offers }, dice) => dice.oneOf(offers),
  tell: () => 'a buyer stops an offer',
  act: async ({ id }, model, run) => {
    const [{ session, isDisabled }] = model.people as [(typeof model.people)[0]];
    const promised = session.isOver || isDisabled ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    const input = { offerId: id, reason: 'a run of the model' };
    return (await ask(run, run.world.phoneOf(model.people[0]!), 'offerFreeze', promised, input)).type;
  },
};

/** Whoever has come with the same WeChat after its person has left is somebody else too. */
function otherThan(person: Person, { people }: Model): Person {
  return person.successor ?? people.find((each) => each !== person)!;
}
