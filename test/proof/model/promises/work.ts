import { endDueCases } from './after-sale.js';
import { askAndTell, close } from './channel.js';
import { endOverdue } from './images.js';
import { isOpen } from './money.js';
import { drive, isWaiting } from './refunds.js';
import { completeOverdue, receiveOverdue } from './shipping.js';
import { type Model, newest } from './model.js';
import type { Effect, Purchase } from './records.js';
import { isExpired, livingIn, paidIn, stand } from './teams.js';

/** Everything that is due happens, one thing after the other with all that follows from it; then the clock's own tasks, if asked. */
export function workAll(model: Model, { withClock }: { readonly withClock: boolean }): void {
  const due = [...dueIn(model), ...(withClock ? tasks(model) : [])];
  model.pending = [];
  for (const effect of due) model.happen(effect);
}

/** Only what concerns one purchase happens. */
export function workOn(model: Model, purchase: Purchase): void {
  const isMeant = ({ about }: Effect): boolean => about === purchase;
  const due = dueIn(model).filter(isMeant);
  model.pending = model.pending.filter((effect) => !isMeant(effect));
  for (const effect of due) model.happen(effect);
}

/** What has waited longest comes first; of what comes in the same second, what began to wait first. */
function dueIn(model: Model): Effect[] {
  return [...dueRefunds(model), ...model.pending].toSorted((a, b) => a.at - b.at);
}

function dueRefunds(model: Model): Effect[] {
  const inTurn = model.refunds.toSorted((a, b) => a.turn - b.turn);
  return inTurn.flatMap((refund) => {
    const { nextAt, capture } = refund;
    if (nextAt === null || nextAt > model.now) return [];
    return {
      at: nextAt,
      about: capture.purchase,
      happen: () => {
        drive(model, refund);
      },
    };
  });
}

/** What happens by the clock. */
function tasks(model: Model): Effect[] {
  const task = (happen: () => void): Effect => ({ at: model.now, about: null, happen });
  return [
    task(() => {
      closeOverdue(model);
    }),
    task(() => {
      expire(model);
    }),
    task(() => {
      receiveOverdue(model);
    }),
    task(() => {
      completeOverdue(model);
    }),
    task(() => {
      endDueCases(model);
    }),
    task(() => {
      endOverdue(model);
    }),
    task(() => {
      query(model);
    }),
    task(() => {
      for (const refund of model.refunds.filter(isWaiting)) drive(model, refund);
    }),
  ];
}

function closeOverdue(model: Model): void {
  for (const purchase of model.purchases) {
    const attempt = newest(purchase);
    if (attempt && isOpen(attempt) && purchase.payUntil <= model.now) close(model, purchase);
  }
}

function expire(model: Model): void {
  for (const team of model.teams) {
    const isOver = team.status === 'FORMING' && isExpired(model, team) && livingIn(team).length === paidIn(team).length;
    if (isOver) stand(model, team);
  }
}

function query(model: Model): void {
  for (const purchase of model.purchases) {
    const attempt = newest(purchase);
    if (attempt?.status === 'PENDING' && attempt.nextQueryAt <= model.now) askAndTell(model, attempt);
  }
}
