import type { DemoProduct } from './demo-product.js';
import { GRANARY } from './suppliers.js';

const shelf = { category: '粮油调味', categoryEn: 'Grain and oil', returnRule: 'SEVEN_DAYS' } as const;

export const GRAIN_AND_OIL: readonly DemoProduct[] = [
  {
    supplier: GRANARY,
    name: '五常稻花香大米',
    ...shelf,
    description: '黑龙江五常核心产区，一年一季，当季新米，蒸煮有自然米香。阴凉干燥处保存，保质期十二个月。',
    skus: [
      { code: 'LY-DM-5000', title: '5千克', priceMinor: 7_990, quantity: 500 },
      { code: 'LY-DM-10000', title: '10千克', priceMinor: 14_900, quantity: 260 },
    ],
    team: { size: 3, priceMinor: 6_290, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: GRANARY,
    name: '冷榨亚麻籽油',
    ...shelf,
    description: '内蒙古亚麻籽低温物理压榨，适合凉拌与低温烹调。避光保存，开盖后三个月内用完。',
    skus: [{ code: 'LY-YMY-500', title: '500毫升', priceMinor: 4_590, quantity: 300 }],
    team: { size: 3, priceMinor: 3_390, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 5_000 },
  },
  {
    supplier: GRANARY,
    name: '压榨一级花生油',
    ...shelf,
    description: '山东花生，物理压榨，不添加调和油。常温避光保存，保质期十八个月。',
    skus: [{ code: 'LY-HSY-5', title: '5升', priceMinor: 15_900, quantity: 220 }],
    team: { size: 5, priceMinor: 12_900, ttlHours: 24, unitsPerBuyer: 2, stockShareBps: 6_000 },
  },
  {
    supplier: GRANARY,
    name: '郫县红油豆瓣酱',
    ...shelf,
    description: '四川郫都二荆条与蚕豆发酵一年，川菜必备，净重1千克。开盖后请冷藏。',
    skus: [{ code: 'LY-DBJ-1000', title: '1千克', priceMinor: 1_990, quantity: 420 }],
    team: { size: 2, priceMinor: 1_490, ttlHours: 24, unitsPerBuyer: 4, stockShareBps: 6_000 },
  },
  {
    supplier: GRANARY,
    name: '东北黏玉米',
    ...shelf,
    description: '黑龙江现摘现煮，真空锁鲜，单根约220克。常温保存，加热三分钟即食。',
    skus: [{ code: 'LY-YM-8', title: '8根装', priceMinor: 2_990, quantity: 480 }],
    team: { size: 3, priceMinor: 2_190, ttlHours: 12, unitsPerBuyer: 4, stockShareBps: 7_000 },
  },
  {
    supplier: GRANARY,
    name: '头道原酿酱油',
    ...shelf,
    description: '非转基因大豆与小麦，日晒发酵一百八十天，零添加防腐剂。常温保存，保质期十八个月。',
    skus: [
      { code: 'LY-JY-500', title: '500毫升', priceMinor: 1_690, quantity: 360 },
      { code: 'LY-JY-1000', title: '500毫升×2', priceMinor: 2_990, quantity: 240 },
    ],
    team: { size: 2, priceMinor: 1_190, ttlHours: 24, unitsPerBuyer: 4, stockShareBps: 6_000 },
  },
];
