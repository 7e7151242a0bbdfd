import type { Kind, Run } from '../command.js';
import { whyNotOpen } from '../promises/after-sale.js';
import { type Case, claimableOf } from '../promises/cases.js';
import type { Model } from '../promises/model.js';
import type { Purchase } from '../promises/records.js';
import { afterSaleAppeal, afterSaleApply, afterSaleReturnSend } from './after-sale.js';
import { afterSaleAppealDecide, afterSaleApprove, afterSaleReject, afterSaleReturnReceive } from './deciding.js';
import { begin, send } from './images.js';
import { clock, workEverything } from './machinery.js';
import { orderRefund } from './refunds.js';
import { complete } from '../promises/images.js';

/** A refund's patience ends to the second when an appeal is due, and machines' time is no exact one. */
const LATER_SECONDS = 60;

/** Time passes until a case is due, and the clock's work is done. */
export const caseOverdue: Kind<Case> = {
  name: 'case overdue',
  mutations: [],
  weight: 5,
  choose: ({ cases, now }, dice) => dice.oneOf(cases.filter(({ dueAt }) => dueAt < Infinity && dueAt > now)),
  tell: ({ purchase, status }) => `time passes until the ${status} case of ${purchase.name} is due`,
  act: async (one, model, run) => {
    const { status } = one;
    await clock.act(one.dueAt - model.now + LATER_SECONDS, model, run);
    await workEverything.act(true, model, run);
    return `${status} ${one.status}`;
  },
};

/** Somebody shows what is wrong with goods that came. */
export const wrongShown: Kind<Purchase> = {
  name: 'wrong goods shown',
  mutations: ['imageUpload', 'imageUploadComplete', 'afterSaleApply'],
  weight: 3,
  choose: (model, dice) => dice.oneOf(returnableIn(model)),
  tell: ({ buyer, name }) => `${buyer.name} shows what is wrong with ${name}`,
  act: async (purchase, model, run) => {
    const { buyer: person } = purchase;
    const begun = await begin({ person, purpose: 'AFTER_SALE', file: 'whole', isPosted: true }, model, run);
    if (begun !== 'Image') return begun;
    const photo = person.album.pictures.at(-1)!;
    await send('imageUploadComplete', { person, picture: photo }, run, complete.bind(null, model));
    await workEverything.act(false, model, run);
    const asked = { kind: 'REFUND_ONLY', reason: 'DAMAGED', quantity: 1, photo } as const;
    return afterSaleApply.act({ person, purchase, asked }, model, run);
  },
};

/** Goods are on their way back without a reason. */
export const returnBegun: Kind<Purchase> = {
  name: 'return begun',
  mutations: ['afterSaleApply', 'afterSaleApprove', 'afterSaleReturnSend'],
  weight: 6,
  choose: (model, dice) => dice.oneOf(returnableIn(model)),
  tell: ({ buyer, name }) => `${buyer.name} returns one of ${name}`,
  act: async (purchase, model, run) => {
    const { buyer: person } = purchase;
    const asked = { kind: 'RETURN_AND_REFUND', reason: 'NO_REASON', quantity: 1, photo: null } as const;
    const applied = await afterSaleApply.act({ person, purchase, asked }, model, run);
    if (applied !== 'AfterSale') return applied;
    const one = purchase.cases.at(-1)!;
    await afterSaleApprove.act({ one, isBySupplier: true }, model, run);
    return afterSaleReturnSend.act({ one, person, carrier: 'YTO' }, model, run);
  },
};

/** A case is refused, and its buyer does not agree. */
export const refusalAppealed: Kind<Case> = {
  name: 'refusal appealed',
  mutations: ['afterSaleReject', 'afterSaleAppeal'],
  weight: 4,
  choose: ({ cases }, dice) => dice.oneOf(cases.filter(({ status }) => status === 'APPLIED' || status === 'RETURNING')),
  tell: ({ purchase, status }) => `the ${status} case of ${purchase.name} is refused, and its buyer appeals`,
  act: async (one, model, run) => {
    await afterSaleReject.act({ one, isBySupplier: true }, model, run);
    return afterSaleAppeal.act({ one, person: one.purchase.buyer }, model, run);
  },
};

/** An operator gives all money back while a case is open, which is decided after that. */
export const decidedTooLate: Kind<{ readonly one: Case; readonly isAppealed: boolean }> = {
  name: 'decided too late',
  mutations: ['orderRefund', 'afterSaleApprove', 'afterSaleReturnReceive', 'afterSaleAppealDecide'],
  weight: 4,
  choose: (model, dice) => {
    const open = model.cases.filter(({ purchase }) => whyNotOpen(model, purchase) === null);
    const one = dice.oneOf(open.filter(({ status }) => ['APPLIED', 'RETURNING', 'APPEALED'].includes(status)));
    return one && { one, isAppealed: one.status !== 'APPEALED' && dice.happens(40) };
  },
  tell: ({ one: { purchase, status } }) =>
    `all money of ${purchase.name} goes back; then its ${status} case is decided`,
  act: async ({ one, isAppealed }, model, run) => {
    const { purchase } = one;
    if (isAppealed) await refusalAppealed.act(one, model, run);
    const amountMinor = purchase.payableMinor - purchase.promisedMinor;
    await orderRefund.act({ purchase, amountMinor }, model, run);
    return decideAsItStands(one, model, run);
  },
};

/** Somebody asks something back when the after-sale window is over, before the clock has seen to that. */
export const askedTooLate: Kind<Purchase> = {
  name: 'asked too late',
  mutations: ['afterSaleApply'],
  weight: 2,
  choose: (model, dice) => dice.oneOf(returnableIn(model).filter(({ order }) => order === 'RECEIVED')),
  tell: ({ buyer, name }) => `${buyer.name} asks ${name} back when it is too late`,
  act: async (purchase, model, run) => {
    await clock.act(purchase.completesAt - model.now, model, run);
    const asked = { kind: 'RETURN_AND_REFUND', reason: 'NO_REASON', quantity: 1, photo: null } as const;
    return afterSaleApply.act({ person: purchase.buyer, purchase, asked }, model, run);
  },
};

function decideAsItStands(one: Case, model: Model, run: Run): Promise<string> {
  const decision = { one, isBySupplier: false };
  if (one.status === 'APPLIED') return afterSaleApprove.act(decision, model, run);
  if (one.status === 'RETURNING') return afterSaleReturnReceive.act({ ...decision, isResaleable: true }, model, run);
  return afterSaleAppealDecide.act({ ...decision, isApproved: true }, model, run);
}

/** Purchases of which something came that can be asked back. */
function returnableIn(model: Model): Purchase[] {
  const came = model.purchases.filter(({ order }) => order === 'SHIPPED' || order === 'RECEIVED');
  return came.filter((purchase) => whyNotOpen(model, purchase) === null && claimableOf(purchase) > 0);
}
