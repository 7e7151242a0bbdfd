import { randomUUID } from 'node:crypto';
import { newId } from '#common';
import type { Kind, Run } from '../command.js';
import type { Dice } from '../dice.js';
import { type Application, isUsable, mayAppeal, mayCancel, open, whyNotApply } from '../promises/after-sale.js';
import { type Case, type CaseStatus, claimableOf, move } from '../promises/cases.js';
import type { Model } from '../promises/model.js';
import type { Person, Picture } from '../promises/people.js';
import { IN_HAND, type Purchase } from '../promises/records.js';
import { ask, newKey, promisedTo, remember } from './asking.js';
import { lineOf } from './shipping.js';

interface Wish {
  readonly person: Person;
  readonly purchase: Purchase;
  readonly asked: Application;
}

type Why = readonly [Application['kind'], Application['reason']];

/** What is said before the goods are sent and after it; the last two of each are wrong. */
const BEFORE: readonly [Why, ...Why[]] = [
  ['REFUND_ONLY', 'NOT_NEEDED_ANY_MORE'],
  ['REFUND_ONLY', 'NOT_NEEDED_ANY_MORE'],
  ['REFUND_ONLY', 'OTHER'],
  ['REFUND_ONLY', 'MISSING'],
  ['RETURN_AND_REFUND', 'OTHER'],
];
const AFTER: readonly [Why, ...Why[]] = [
  ['RETURN_AND_REFUND', 'NO_REASON'],
  ['RETURN_AND_REFUND', 'OTHER'],
  ['RETURN_AND_REFUND', 'QUALITY'],
  ['REFUND_ONLY', 'DAMAGED'],
  ['REFUND_ONLY', 'NOT_RECEIVED'],
  ['REFUND_ONLY', 'MISSING'],
  ['REFUND_ONLY', 'NO_REASON'],
  ['REFUND_ONLY', 'NOT_NEEDED_ANY_MORE'],
];

/** A buyer asks back what is not shipped, or is, by right reasons and wrong ones, with photos and without. */
export const afterSaleApply: Kind<Wish> = {
  name: 'afterSaleApply',
  mutations: ['afterSaleApply'],
  weight: 10,
  choose: ({ purchases, people }, dice) => {
    const likely = purchases.filter((each) => IN_HAND.includes(each.order) && claimableOf(each) > 0);
    const purchase = dice.happens(25) ? dice.oneOf(purchases) : dice.oneOf(likely);
    if (!purchase) return null;
    const person = strangerOr(purchase.buyer, people, dice);
    const [kind, reason] = dice.pick(...(purchase.order === 'TO_FULFIL' ? BEFORE : AFTER));
    const quantity = dice.pick(1, 1, Math.max(claimableOf(purchase), 1), claimableOf(purchase) + 1);
    return { person, purchase, asked: { kind, reason, quantity, photo: photoOf(person, dice) } };
  },
  tell: ({ person, purchase, asked: { kind, reason, quantity, photo } }) =>
    `${person.name} asks ${quantity} of ${purchase.name} back: ${kind}, ${reason}${photo ? ', with a photo' : ''}`,
  act: async ({ person, purchase, asked }, model, run) => {
    const promised = promisedTo(person, () => whyNotApply(model, purchase, person, asked) ?? 'AfterSale');
    const { kind, reason, quantity, photo } = asked;
    const lines = [{ lineId: await lineOf(purchase, run), quantity }];
    const said = { orderId: purchase.orderId, kind, reason, lines, imageIds: photo ? [photo.id] : null };
    const input = { ...said, idempotencyKey: newKey() };
    const phone = run.world.phoneOf(person);
    const answer = await ask(run, phone, 'afterSaleApply', promised, input);
    if (answer.type !== 'AfterSale') return answer.type;
    open(model, purchase, String(answer.value['id']), asked);
    const other = { note: '还有一件事' };
    remember(model, run, { phone, person, mutation: 'afterSaleApply', input, other, answer });
    return answer.type;
  },
};

/** A step that somebody takes with a case. */
export interface StepBy {
  readonly one: Case;
  readonly person: Person;
}

/** A buyer gives a case up. */
export const afterSaleCancel: Kind<StepBy> = {
  name: 'afterSaleCancel',
  mutations: ['afterSaleCancel'],
  weight: 3,
  choose: (model, dice) => stepOf(model, dice, ['APPLIED', 'APPROVED', 'APPEALED']),
  tell: told('gives up'),
  act: (step, model, run) =>
    take('afterSaleCancel', step, { model, run }, () => {
      if (!mayCancel(step.one)) return 'AfterSaleNotCancellable';
      move(model, step.one, 'CANCELLED');
      return 'AfterSale';
    }),
};

/** How goods travel back, rightly said or not. */
export type Label = 'YTO' | 'PIGEON' | 'JTSD';
const WRONG_LABELS: Readonly<Record<Label, string | null>> = {
  YTO: null,
  PIGEON: 'CarrierUnknown',
  JTSD: 'TrackingNumberUnfit',
};

/** A buyer sends goods back. */
export const afterSaleReturnSend: Kind<StepBy & { readonly carrier: Label }> = {
  name: 'afterSaleReturnSend',
  mutations: ['afterSaleReturnSend'],
  weight: 6,
  choose: (model, dice) => {
    const step = stepOf(model, dice, ['APPROVED']);
    return step && { ...step, carrier: dice.pick<Label>('YTO', 'YTO', 'YTO', 'PIGEON', 'JTSD') };
  },
  tell: (step) => `${told('sends back')(step)}, by ${step.carrier}`,
  act: ({ carrier, ...step }, model, run) => {
    const more = { carrier, trackingNumber: randomUUID().toUpperCase() };
    return take('afterSaleReturnSend', step, { model, run, more }, () => send(model, step.one, carrier));
  },
};

/** A buyer does not agree with a refusal. */
export const afterSaleAppeal: Kind<StepBy> = {
  name: 'afterSaleAppeal',
  mutations: ['afterSaleAppeal'],
  weight: 5,
  choose: (model, dice) => stepOf(model, dice, ['REJECTED']),
  tell: told('appeals against the refusal of'),
  act: (step, model, run) =>
    take('afterSaleAppeal', step, { model, run }, () => {
      if (!mayAppeal(model, step.one)) return 'AfterSaleNotAppealable';
      step.one.isAppealed = true;
      move(model, step.one, 'APPEALED');
      return 'AfterSale';
    }),
};

function send(model: Model, one: Case, carrier: Label): string {
  if (one.status !== 'APPROVED') return 'AfterSaleNotReturnable';
  const wrong = WRONG_LABELS[carrier];
  if (wrong) return wrong;
  one.isSent = true;
  move(model, one, 'RETURNING');
  return 'AfterSale';
}

/** Takes a step with a case of one's own, or of somebody else. */
async function take(
  mutation: string,
  { one, person }: StepBy,
  { model, run, more }: { readonly model: Model; readonly run: Run; readonly more?: object },
  step: () => string,
): Promise<string> {
  const promised = promisedTo(person, () => (one.purchase.buyer === person ? step() : 'NOT_FOUND'));
  const input = { afterSaleId: one.id, ...more, idempotencyKey: newKey() };
  const phone = run.world.phoneOf(person);
  const answer = await ask(run, phone, mutation, promised, input);
  const other = { afterSaleId: newId('aftersale') };
  if (answer.type === 'AfterSale') remember(model, run, { phone, person, mutation, input, other, answer });
  return answer.type;
}

/** A case, mostly one that stands so, and mostly its buyer. */
function stepOf({ cases, people }: Model, dice: Dice, statuses: readonly CaseStatus[]): StepBy | null {
  const likely = cases.filter(({ status, isOpen }) => isOpen && statuses.includes(status));
  const one = dice.happens(20) ? dice.oneOf(cases) : dice.oneOf(likely);
  return one && { one, person: strangerOr(one.purchase.buyer, people, dice) };
}

function strangerOr(buyer: Person, people: readonly Person[], dice: Dice): Person {
  return dice.happens(5) ? dice.pick(buyer, ...people) : buyer;
}

/** Mostly one that can be shown, if there is any. */
function photoOf(person: Person, dice: Dice): Picture | null {
  const { pictures } = person.album;
  const usable = pictures.filter((picture) => isUsable(picture, person));
  return dice.oneOf([null, ...(usable.length > 0 ? usable : pictures.slice(-1))]);
}

function told(does: string): (step: StepBy) => string {
  return ({ one: { purchase, quantity, status }, person }) =>
    `${person.name} ${does} the ${status} case of ${quantity} of ${purchase.name}`;
}
