import type { DemoProduct } from './demo-product.js';
import { HARBOUR, PASTURE } from './suppliers.js';

const shelf = { category: '肉禽水产', categoryEn: 'Meat and seafood', returnRule: 'FRESH' } as const;

export const MEAT_AND_SEAFOOD: readonly DemoProduct[] = [
  {
    supplier: HARBOUR,
    name: '湛江大虾',
    ...shelf,
    description: '广东湛江养殖南美白对虾，捕捞后速冻锁鲜，每千克约40只。零下18度保存，保质期十二个月。',
    skus: [
      { code: 'RQ-DX-1000', title: '净重1千克', priceMinor: 8_990, quantity: 300 },
      { code: 'RQ-DX-2000', title: '净重2千克', priceMinor: 16_900, quantity: 150 },
    ],
    team: { size: 3, priceMinor: 6_990, ttlHours: 12, unitsPerBuyer: 3, stockShareBps: 5_000 },
  },
  {
    supplier: HARBOUR,
    name: '宁德大黄鱼',
    ...shelf,
    description: '福建宁德深水网箱养殖，三去免处理，单条约400克。零下18度保存，解冻后请一次用完。',
    skus: [{ code: 'RQ-DHY-2', title: '2条装', priceMinor: 6_590, quantity: 240 }],
    team: { size: 2, priceMinor: 4_990, ttlHours: 12, unitsPerBuyer: 3, stockShareBps: 5_000 },
  },
  {
    supplier: HARBOUR,
    name: '盘锦河蟹六只装',
    ...shelf,
    description: '辽宁盘锦稻田养殖，公蟹约150克，母蟹约100克，鲜活冷链发货。收到后请当天蒸食，死蟹包赔。',
    skus: [{ code: 'RQ-HX-6', title: '三公三母', priceMinor: 13_800, quantity: 120 }],
    team: { size: 5, priceMinor: 10_800, ttlHours: 6, unitsPerBuyer: 1, stockShareBps: 5_000 },
  },
  {
    supplier: HARBOUR,
    name: '黑猪五花肉',
    ...shelf,
    description: '山东沂蒙黑猪，饲养不少于十个月，肥瘦相间，适合红烧。冷藏保存三天，冷冻保存六个月。',
    skus: [
      { code: 'RQ-WHR-500', title: '500克', priceMinor: 4_290, quantity: 350 },
      { code: 'RQ-WHR-1000', title: '1千克', priceMinor: 7_990, quantity: 200 },
    ],
    team: { size: 3, priceMinor: 3_290, ttlHours: 8, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: HARBOUR,
    name: '清远走地鸡',
    ...shelf,
    description: '广东清远麻鸡，林下散养一百二十天以上，净膛约1.1千克。零下18度保存，保质期十二个月。',
    skus: [{ code: 'RQ-QYJ-1', title: '整只', priceMinor: 7_590, quantity: 180 }],
    team: { size: 4, priceMinor: 5_990, ttlHours: 12, unitsPerBuyer: 2, stockShareBps: 5_000 },
  },
  {
    supplier: PASTURE,
    name: '锡林郭勒羔羊肉卷',
    ...shelf,
    description: '内蒙古锡林郭勒六月龄羔羊，零添加，肥瘦三七。零下18度保存，涮煮前无需解冻。',
    skus: [
      { code: 'RQ-YRJ-500', title: '500克', priceMinor: 4_990, quantity: 400 },
      { code: 'RQ-YRJ-1500', title: '500克×3', priceMinor: 13_900, quantity: 150 },
    ],
    team: { size: 3, priceMinor: 3_890, ttlHours: 24, unitsPerBuyer: 4, stockShareBps: 6_000 },
  },
];
