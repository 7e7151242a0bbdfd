import type { Kind, Run } from '../command.js';
import type { Dice } from '../dice.js';
import { approve, receiveBack, reject } from '../promises/after-sale.js';
import type { Case, CaseStatus } from '../promises/cases.js';
import type { Model } from '../promises/model.js';
import { ask, newKey, remember } from './asking.js';

const REASON = '已核对照片与订单。';

interface Decision {
  readonly one: Case;
  readonly isBySupplier: boolean;
}

/** The shop or the supplier approves a case. */
export const afterSaleApprove: Kind<Decision> = {
  name: 'afterSaleApprove',
  mutations: ['afterSaleApprove'],
  weight: 7,
  choose: (model, dice) => decisionOn(model, dice, ['APPLIED']),
  tell: told('approves'),
  act: (decision, model, run) =>
    decide('afterSaleApprove', decision, { model, run }, ({ one }) =>
      one.status === 'APPLIED' ? approve(model, one) : 'AfterSaleDecided',
    ),
};

/** The shop or the supplier refuses a case, or goods that came back. */
export const afterSaleReject: Kind<Decision> = {
  name: 'afterSaleReject',
  mutations: ['afterSaleReject'],
  weight: 4,
  choose: (model, dice) => decisionOn(model, dice, ['APPLIED', 'RETURNING']),
  tell: told('refuses'),
  act: (decision, model, run) =>
    decide('afterSaleReject', decision, { model, run }, ({ one }) => {
      if (one.status !== 'APPLIED' && one.status !== 'RETURNING') return 'AfterSaleDecided';
      reject(model, one);
      return 'AfterSale';
    }),
};

/** The shop or the supplier takes goods back, as good as new or not. */
export const afterSaleReturnReceive: Kind<Decision & { readonly isResaleable: boolean }> = {
  name: 'afterSaleReturnReceive',
  mutations: ['afterSaleReturnReceive'],
  weight: 6,
  choose: (model, dice) => {
    const decision = decisionOn(model, dice, ['RETURNING']);
    return decision && { ...decision, isResaleable: dice.happens(60) };
  },
  tell: (decision) => `${told('takes back')(decision)}${decision.isResaleable ? ', as good as new' : ''}`,
  act: ({ isResaleable, ...decision }, model, run) =>
    decide('afterSaleReturnReceive', decision, { model, run, more: { isResaleable } }, ({ one }) =>
      one.status === 'RETURNING' ? receiveBack(model, one, isResaleable) : 'AfterSaleNotReturning',
    ),
};

/** The shop decides on an appeal. */
export const afterSaleAppealDecide: Kind<Decision & { readonly isApproved: boolean }> = {
  name: 'afterSaleAppealDecide',
  mutations: ['afterSaleAppealDecide'],
  weight: 6,
  choose: (model, dice) => {
    const decision = decisionOn(model, dice, ['APPEALED']);
    return decision && { ...decision, isBySupplier: false, isApproved: dice.happens(60) };
  },
  tell: (decision) => told(decision.isApproved ? 'gives way in' : 'stays firm in')(decision),
  act: ({ isApproved, ...decision }, model, run) =>
    decide('afterSaleAppealDecide', decision, { model, run, more: { isApproved } }, ({ one }) =>
      one.status === 'APPEALED' ? decideAppeal(model, one, isApproved) : 'AfterSaleNotAppealed',
    ),
};

function decideAppeal(model: Model, one: Case, isApproved: boolean): string {
  if (isApproved) return approve(model, one);
  reject(model, one);
  return 'AfterSale';
}

async function decide(
  mutation: string,
  decision: Decision,
  { model, run, more }: { readonly model: Model; readonly run: Run; readonly more?: object },
  promise: (decision: Decision) => string,
): Promise<string> {
  const { world } = run;
  const promised = promise(decision);
  const phone = decision.isBySupplier ? await world.supplier(model.goods.productId) : await world.operator();
  const input = { afterSaleId: decision.one.id, reason: REASON, ...more, idempotencyKey: newKey() };
  const answer = await ask(run, phone, mutation, promised, input);
  const other = { reason: '另一个理由。' };
  if (answer.type === 'AfterSale') remember(model, run, { phone, person: null, mutation, input, other, answer });
  return answer.type;
}

/** A case, mostly one that stands so. */
function decisionOn({ cases }: Model, dice: Dice, statuses: readonly CaseStatus[]): Decision | null {
  const likely = cases.filter(({ status }) => statuses.includes(status));
  const one = dice.happens(20) ? dice.oneOf(cases) : dice.oneOf(likely);
  return one && { one, isBySupplier: dice.happens(30) };
}

function told(does: string): (decision: Decision) => string {
  return ({ one: { purchase, quantity, status }, isBySupplier }) =>
    `${isBySupplier ? 'the supplier' : 'an operator'} ${does} the ${status} case of ${quantity} of ${purchase.name}`;
}
