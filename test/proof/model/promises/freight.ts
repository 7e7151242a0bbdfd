import type { Model } from './model.js';
import type { Person } from './people.js';
import type { Purchase } from './records.js';

/** A freight template: eight hundred fen at first, then so much for each further half kilogram, free from so much; everywhere but here, or here too. */
export interface Template {
  readonly id: string;
  revision: number;
  terms: FreightSaid;
}

export interface FreightSaid {
  readonly stepMinor: number;
  readonly freeFromMinor: number | null;
  /** Whether it is sent to where everybody of the model lives. */
  readonly isSentHere: boolean;
}

export const FIRST_MINOR = 800;
export const FIRST_GRAMS = 1_000;
export const STEP_GRAMS = 500;

/** What the goods of a purchase cost to send, at so much for a unit. */
export function freightOf({ goods }: Model, quantity: number, unitPriceMinor: number): number {
  const { template, unitGrams } = goods;
  if (!template || unitGrams === null) return 0;
  const { stepMinor, freeFromMinor } = template.terms;
  if (freeFromMinor !== null && quantity * unitPriceMinor >= freeFromMinor) return 0;
  let feeMinor = FIRST_MINOR;
  for (let grams = FIRST_GRAMS; grams < quantity * unitGrams; grams += STEP_GRAMS) feeMinor += stepMinor;
  return feeMinor;
}

/** What a purchase costs with its freight. */
export function priceOf(model: Model, quantity: number, unitPriceMinor: number): number {
  return quantity * unitPriceMinor + freightOf(model, quantity, unitPriceMinor);
}

export function isSentHere({ goods: { template } }: Model): boolean {
  return template?.terms.isSentHere ?? true;
}

const NOT_COUNTED: readonly Purchase['order'][] = ['CANCELLED', 'PAID_LATE', 'REFUNDED'];

/** How many units somebody holds or has bought alone. */
export function unitsAlone({ purchases }: Model, person: Person): number {
  return purchases
    .filter(({ buyer, team, order }) => buyer === person && !team && !NOT_COUNTED.includes(order))
    .reduce((sum, { quantity, cancelled }) => sum + quantity - cancelled, 0);
}
