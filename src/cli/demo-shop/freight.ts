import type { FreightTerms } from '#catalog';

export interface DemoFreight extends FreightTerms {
  readonly name: string;
  /** What a unit of each SKU weighs with its packing, by its code; the products of these SKUs follow the template. */
  readonly weights: Readonly<Record<string, number>>;
}

const FREE_FROM_MINOR = 9_900;

/** How two of the suppliers send their goods; everything else in the demo shop is sent for nothing. */
export const FREIGHTS: readonly DemoFreight[] = [
  {
    name: '鲜果快递',
    rules: [
      {
        regions: ['31', '32', '33', '34'],
        ...{ firstGrams: 3_000, firstMinor: 600, stepGrams: 1_000, stepMinor: 100, freeFromMinor: FREE_FROM_MINOR },
      },
      {
        regions: ['15', '62', '63', '64'],
        ...{ firstGrams: 3_000, firstMinor: 1_500, stepGrams: 1_000, stepMinor: 400, freeFromMinor: null },
      },
    ],
    elsewhere: { firstGrams: 3_000, firstMinor: 900, stepGrams: 1_000, stepMinor: 200, freeFromMinor: FREE_FROM_MINOR },
    notDelivered: ['54', '65'], // Fruit does not keep for so long.
    weights: {
      ...{ 'XG-PG-2500': 2_800, 'XG-PG-5000': 5_400, 'XG-WG-2500': 2_800, 'XG-WG-4500': 4_900 },
      ...{ 'XG-MG-2500': 2_900, 'XG-AKS-4000': 4_500 },
    },
  },
  {
    name: '粮油快递',
    rules: [
      {
        regions: ['54', '65'],
        ...{ firstGrams: 1_000, firstMinor: 2_000, stepGrams: 1_000, stepMinor: 1_500, freeFromMinor: null },
      },
    ],
    elsewhere: { firstGrams: 5_000, firstMinor: 800, stepGrams: 1_000, stepMinor: 100, freeFromMinor: FREE_FROM_MINOR },
    notDelivered: [],
    weights: {
      ...{ 'LY-DM-5000': 5_100, 'LY-DM-10000': 10_200, 'LY-YMY-500': 900, 'LY-HSY-5': 4_900, 'LY-DBJ-1000': 1_300 },
      ...{ 'LY-YM-8': 1_900, 'LY-JY-500': 900, 'LY-JY-1000': 1_700 },
    },
  },
];
