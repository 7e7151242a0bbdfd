import type { FieldMistake } from '#common';
import type { Region } from './region.rules.js';

/** What sending goods costs: a fee for the first weight, another for each further step that is begun. */
export interface FreightCharge {
  readonly firstGrams: number;
  readonly firstMinor: number;
  readonly stepGrams: number;
  readonly stepMinor: number;
  /** From how much of goods on nothing is charged; null if it is always. */
  readonly freeFromMinor: number | null;
}

export interface FreightRule extends FreightCharge {
  readonly regions: readonly Region[];
}

/** What a freight template says of each region. */
export interface FreightTerms {
  readonly rules: readonly FreightRule[];
  /** For every region that is named nowhere; null if nothing is sent there. */
  readonly elsewhere: FreightCharge | null;
  readonly notDelivered: readonly Region[];
}

/** The charge for a region; null if nothing is sent there. An address in no known region is everywhere else. */
export function chargeFor(
  { rules, elsewhere, notDelivered }: FreightTerms,
  region: Region | null,
): FreightCharge | null {
  if (region === null) return elsewhere;
  if (notDelivered.includes(region)) return null;
  return rules.find(({ regions }) => regions.includes(region)) ?? elsewhere;
}

/** How many steps beyond the first weight are begun. */
export function stepsOf({ firstGrams, stepGrams }: FreightCharge, weightGrams: number): number {
  return Math.ceil(Math.max(weightGrams - firstGrams, 0) / stepGrams);
}

/**
 * The freight of all goods of one template in one order, in minor units: never negative, never less for more weight, and nothing for what weighs
 * nothing or is worth enough.
 *
 * @param goodsMinor what the buyer pays for these goods, without freight
 * @example feeOf({ firstGrams: 1_000, firstMinor: 800, stepGrams: 500, stepMinor: 200, freeFromMinor: null }, 1_001, 5_000) // 1_000
 */
export function feeOf(charge: FreightCharge, weightGrams: number, goodsMinor: number): number {
  if (weightGrams === 0 || isFree(charge, goodsMinor)) return 0;
  return charge.firstMinor + stepsOf(charge, weightGrams) * charge.stepMinor;
}

/** Whether the goods are worth enough to be sent for nothing. */
export function isFree({ freeFromMinor }: FreightCharge, goodsMinor: number): boolean {
  return freeFromMinor !== null && goodsMinor >= freeFromMinor;
}

/** Every region that is named a second time, and that nothing goes anywhere. */
export function mistakesInTerms({ rules, elsewhere, notDelivered }: FreightTerms): FieldMistake[] {
  const named = [
    ...rules.flatMap(({ regions }, index) =>
      regions.map((region) => ({ region, path: `input.rules.${index}.regions` })),
    ),
    ...notDelivered.map((region) => ({ region, path: 'input.notDelivered' })),
  ];
  const mistakes: FieldMistake[] = named
    .filter(({ region }, index) => named.findIndex((each) => each.region === region) < index)
    .map(({ region, path }) => ({
      path,
      texts: { zh: `地区 ${region} 只能出现一次。`, en: `Must name region ${region} only once.` },
    }));
  if (rules.length === 0 && elsewhere === null)
    mistakes.push({
      path: 'input.rules',
      texts: { zh: '至少要能送到一个地区。', en: 'Must deliver somewhere.' },
    });
  return mistakes;
}
