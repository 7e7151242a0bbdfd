import type { Fields } from './fields.js';
import { KINDS, OPERATIONS } from './fault.kinds.js';
import type { Fault } from './fault.js';
import { openidOf } from './ids.js';
import { codesOf } from './refusals.js';
import { type FaultPlan, kindsOf, planOf } from './seeded.faults.js';
import type { PaymentOrder } from './trades.js';

const DELAY_MS_MAX = 3_600_000;

/** How the shop is told of a payment; `lose` tells it nothing at all. */
export interface NotifyOrder {
  readonly copies: number;
  readonly delayMs: number;
  readonly lose: boolean;
}

/** @throws ControlError 400 with the first bad field, as everything here does */
export function readPayment(body: Fields, appId: string): PaymentOrder & { readonly notify: NotifyOrder } {
  const person = body.maybe('person', (name) => body.text(name, { max: 128 }));
  const openid = body.maybe('openid', (name) => body.text(name, { max: 128 }));
  return {
    prepayId: body.text('prepay_id', { max: 64 }),
    openid: person === undefined ? openid : openidOf(appId, person),
    amountMinor: body.maybe('amount_total', (name) => body.integer(name, { min: 1 })),
    successAtMs: body.maybe('success_time', (name) => body.instantMs(name)),
    ignoreExpiry: readFlag(body, 'ignore_expiry'),
    again: readFlag(body, 'again'),
    notify: readNotify(body.maybe('notify', (name) => body.object(name))),
  };
}

export function readFault(body: Fields): Fault {
  const operation = body.choice('operation', OPERATIONS);
  const kind = body.choice('kind', KINDS[operation]);
  return {
    operation,
    kind,
    ...(kind === 'refuse' && { code: body.choice('code', codesOf(operation)) }),
    times: body.maybe('times', (name) => body.integer(name, { min: 1 })) ?? 1,
    delayMs: readDelayMs(body),
  };
}

export function readFaultPlan(body: Fields): FaultPlan {
  const operations = body.maybe('operations', (name) => body.choices(name, OPERATIONS)) ?? OPERATIONS;
  const plan = planOf(body.integer('seed', { min: 0 }), body.fraction('rate'), operations);
  const kinds = body.maybe('kinds', (name) => body.choices(name, kindsOf(operations)));
  return { ...plan, kinds: kinds ?? plan.kinds };
}

function readNotify(notify: Fields | undefined): NotifyOrder {
  return {
    copies: notify?.maybe('copies', (name) => notify.integer(name, { min: 1, max: 100 })) ?? 1,
    delayMs: notify ? readDelayMs(notify) : 0,
    lose: notify ? readFlag(notify, 'lose') : false,
  };
}

function readDelayMs(fields: Fields): number {
  return fields.maybe('delay_ms', (name) => fields.integer(name, { min: 0, max: DELAY_MS_MAX })) ?? 0;
}

function readFlag(fields: Fields, name: string): boolean {
  return fields.maybe(name, () => fields.flag(name)) ?? false;
}
