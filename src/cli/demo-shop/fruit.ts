import type { DemoProduct } from './demo-product.js';
import { ORCHARD } from './suppliers.js';

const shelf = { category: '新鲜水果', categoryEn: 'Fruit', returnRule: 'FRESH' } as const;

export const FRUIT: readonly DemoProduct[] = [
  {
    supplier: ORCHARD,
    name: '陕西洛川红富士苹果',
    ...shelf,
    description: '产自陕西洛川高原果园，单果直径约80毫米，脆甜多汁。阴凉通风处可放两周，冷藏可放一个月。',
    skus: [
      { code: 'XG-PG-2500', title: '2.5千克家庭装', priceMinor: 3_990, quantity: 600 },
      { code: 'XG-PG-5000', title: '5千克整箱', priceMinor: 6_990, quantity: 300 },
    ],
    team: { size: 3, priceMinor: 2_990, ttlHours: 24, unitsPerBuyer: 4, stockShareBps: 6_000 },
  },
  {
    supplier: ORCHARD,
    name: '广西武鸣沃柑',
    ...shelf,
    description: '广西武鸣产地当季采摘，皮薄易剥，汁水饱满。净重约2.5千克，常温通风可放十天。',
    skus: [
      { code: 'XG-WG-2500', title: '2.5千克', priceMinor: 3_290, quantity: 500 },
      { code: 'XG-WG-4500', title: '4.5千克', priceMinor: 5_290, quantity: 260 },
    ],
    team: { size: 3, priceMinor: 2_390, ttlHours: 24, unitsPerBuyer: 4, stockShareBps: 6_000 },
  },
  {
    supplier: ORCHARD,
    name: '海南贵妃芒果',
    ...shelf,
    description: '海南三亚树上成熟，果肉细腻无丝，净重约2.5千克。未软时常温放置，软熟后冷藏两天内吃完。',
    skus: [{ code: 'XG-MG-2500', title: '2.5千克中果', priceMinor: 4_590, quantity: 320 }],
    team: { size: 3, priceMinor: 3_490, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: ORCHARD,
    name: '四川蒲江红心猕猴桃',
    ...shelf,
    description: '四川蒲江产，单果约90克，果心呈放射状红色，酸甜适口。硬果常温催熟三至五天后食用。',
    skus: [
      { code: 'XG-MHT-24', title: '24枚礼盒', priceMinor: 5_990, quantity: 280 },
      { code: 'XG-MHT-12', title: '12枚装', priceMinor: 3_390, quantity: 300 },
    ],
    team: { size: 4, priceMinor: 4_390, ttlHours: 24, unitsPerBuyer: 2, stockShareBps: 5_000 },
  },
  {
    supplier: ORCHARD,
    name: '新疆阿克苏冰糖心苹果',
    ...shelf,
    description: '新疆阿克苏昼夜温差大，果心自然形成糖化结晶，净重约4千克。冷藏可放一个月。',
    skus: [{ code: 'XG-AKS-4000', title: '4千克整箱', priceMinor: 7_990, quantity: 240 }],
    team: { size: 5, priceMinor: 5_990, ttlHours: 24, unitsPerBuyer: 2, stockShareBps: 6_000 },
  },
  {
    supplier: ORCHARD,
    name: '云南蒙自蓝莓',
    ...shelf,
    description: '云南蒙自高原露天种植，果径15毫米以上，表面果霜为天然保护层。收到后请冷藏，五天内食用。',
    skus: [
      { code: 'XG-LM-4', title: '125克×4盒', priceMinor: 4_990, quantity: 400 },
      { code: 'XG-LM-6', title: '125克×6盒', priceMinor: 6_990, quantity: 200 },
    ],
    team: { size: 2, priceMinor: 3_690, ttlHours: 12, unitsPerBuyer: 3, stockShareBps: 5_000 },
  },
];
