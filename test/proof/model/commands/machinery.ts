import type { RequestOperation } from '../../../../src/emulator/fault.kinds.js';
import type { Kind, Run } from '../command.js';
import type { Model } from '../promises/model.js';
import type { Accepted, Fault, Purchase } from '../promises/records.js';
import { workAll, workOn } from '../promises/work.js';

const MINUTE = 60;
/** The longer, the rarer: they end all that is going on. */
const STEPS = [2, 2, 2, 2, 5, 8, 16, 16, 120, 25 * 60, 73 * 60].map((minutes) => minutes * MINUTE) as [
  number,
  ...number[],
];

/** Time passes: two minutes, past the pay window, past a team's end, past a refund's patience. */
export const clock: Kind<number> = {
  name: 'time passes',
  mutations: [],
  weight: 10,
  choose: (_model, dice) => dice.pick(...STEPS),
  tell: (seconds) => `${seconds / MINUTE} minutes pass`,
  act: async (seconds, model, { world }) => {
    await world.advance(seconds);
    model.now += seconds;
    return 'passed';
  },
};

/** All that is due is worked off, with or without what the clock makes due. */
export const workEverything: Kind<boolean> = {
  name: 'all work is done',
  mutations: [],
  weight: 16,
  choose: (_model, dice) => dice.happens(50),
  tell: (withClock) => `all work is done${withClock ? ', the clock’s too' : ''}`,
  act: async (withClock, model, run) => {
    await work(model, run, withClock);
    return withClock ? 'with the clock' : 'without the clock';
  },
};

/** Only what concerns one purchase is worked off, and what came before it waits. */
export const workOnOne: Kind<Purchase> = {
  name: 'some work is done',
  mutations: [],
  weight: 10,
  choose: ({ pending }, dice) => dice.oneOf(pending.flatMap(({ about }) => about ?? [])),
  tell: ({ name }) => `what concerns ${name} is worked off`,
  act: async (purchase, model, run) => {
    await disarm(model, run);
    const names = await namesOf(purchase, run);
    workOn(model, purchase);
    await run.world.work(names, { withClock: false });
    return 'done';
  },
};

/** The server is stopped and started again. */
export const restart: Kind<true> = {
  name: 'restart',
  mutations: [],
  weight: 1,
  choose: (_model, dice) => dice.happens(40) || null,
  tell: () => 'the server is started anew',
  act: async (_target, model, { world }) => {
    await world.restart();
    model.forgetAttempts();
    return 'done';
  },
};

/** WeChat is going to misbehave once. */
export const fault: Kind<{ readonly operation: RequestOperation; readonly kind: Fault }> = {
  name: 'WeChat will misbehave',
  mutations: [],
  weight: 8,
  choose: ({ faults }, dice) => {
    const operation = dice.pick<RequestOperation>('refund', 'refund', 'refund', 'prepay', 'query', 'close');
    if (faults.has(operation)) return null;
    const refund = dice.pick<Fault>(
      'abnormal',
      'abnormal',
      'stuck',
      'closed',
      'error_500',
      'timeout_after',
      'timeout_before',
    );
    const other = dice.pick<Fault>('error_500', 'timeout_after', 'timeout_before');
    return { operation, kind: operation === 'refund' ? refund : other };
  },
  tell: ({ operation, kind }) => `WeChat will answer the next ${operation} with ${kind}`,
  act: async ({ operation, kind }, model, { world }) => {
    await world.shop.fault(operation, kind);
    model.faults.set(operation, kind);
    return `${operation} ${kind}`;
  },
};

/** A phone sends again what was accepted. */
export const repeat: Kind<Accepted> = {
  name: 'repeat',
  mutations: [],
  weight: 4,
  choose: ({ accepted }, dice) => dice.oneOf(accepted.slice(-4)),
  tell: ({ what }) => `${what} is sent again with the same key`,
  act: async ({ what, repeat: again }) => `${what} ${await again()}`,
};

/** A phone uses a key for something else. */
export const abuse: Kind<Accepted> = {
  name: 'abuse of a key',
  mutations: [],
  weight: 2,
  choose: ({ accepted }, dice) => dice.oneOf(accepted.slice(-4)),
  tell: ({ what }) => `the key of a ${what} is used for another one`,
  act: async ({ what, abuse: other }) => `${what} ${await other()}`,
};

/** Works off all that is due, in the shop and in the model. */
export async function work(model: Model, run: Run, withClock: boolean): Promise<void> {
  await disarm(model, run);
  workAll(model, { withClock });
  await run.world.work('ALL', { withClock });
}

/** Which of several payments a fault would strike is chance, so only refunds are struck while work is done. */
async function disarm({ faults }: Model, { world }: Run): Promise<void> {
  const refund = faults.get('refund');
  if (faults.size === (refund ? 1 : 0)) return;
  await world.clearFaults();
  faults.clear();
  if (!refund) return;
  faults.set('refund', refund);
  await world.shop.fault('refund', refund);
}

/** By which names jobs know a purchase. */
async function namesOf({ checkoutId, orderId, seatId, attempts }: Purchase, { world }: Run): Promise<string[]> {
  const captures = attempts.flatMap((attempt) => attempt.captures);
  const heard = captures.filter(({ purpose }) => purpose !== null);
  const refunds = await Promise.all(heard.map(({ transactionId }) => world.refundsOf(transactionId)));
  const numbers = refunds.flat().flatMap(({ id, outRefundNo }) => [id, outRefundNo]);
  return [
    checkoutId,
    orderId,
    ...(seatId === null ? [] : [seatId]),
    ...captures.map(({ outTradeNo }) => outTradeNo),
    ...numbers,
  ];
}
