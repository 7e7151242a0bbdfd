import type { DemoProduct } from './demo-product.js';
import { HOUSEHOLD } from './suppliers.js';

const shelf = { category: '居家清洁', categoryEn: 'Household', returnRule: 'SEVEN_DAYS' } as const;

export const HOUSEHOLD_GOODS: readonly DemoProduct[] = [
  {
    supplier: HOUSEHOLD,
    name: '原木抽纸',
    ...shelf,
    description: '原生木浆四层加厚，400张一包，湿水不易破，不含荧光增白剂。',
    skus: [
      { code: 'JJ-CZ-24', title: '24包整箱', priceMinor: 5_990, quantity: 800 },
      { code: 'JJ-CZ-12', title: '12包', priceMinor: 3_290, quantity: 500 },
    ],
    team: { size: 3, priceMinor: 4_590, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: HOUSEHOLD,
    name: '酵素洗衣凝珠',
    ...shelf,
    description: '三合一浓缩配方，一颗洗约4千克衣物，冷水可溶。请放在儿童拿不到的地方。',
    skus: [{ code: 'JJ-NZ-60', title: '60颗', priceMinor: 4_590, quantity: 420 }],
    team: { size: 3, priceMinor: 3_390, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: HOUSEHOLD,
    name: '加厚平口垃圾袋',
    ...shelf,
    description: '食品级新料，单只承重8千克，45×50厘米，抽取式五卷共150只。',
    skus: [{ code: 'JJ-LJD-150', title: '150只', priceMinor: 1_890, quantity: 600 }],
    team: { size: 2, priceMinor: 1_290, ttlHours: 24, unitsPerBuyer: 5, stockShareBps: 7_000 },
  },
  {
    supplier: HOUSEHOLD,
    name: '食品级小苏打洗洁精',
    ...shelf,
    description: '可洗果蔬与婴儿餐具，泡沫少易冲洗，1.2千克一瓶。常温保存，保质期三年。',
    skus: [{ code: 'JJ-XJJ-2', title: '1.2千克×2瓶', priceMinor: 3_290, quantity: 400 }],
    team: { size: 3, priceMinor: 2_490, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: HOUSEHOLD,
    name: '玻璃密封保鲜盒五件套',
    ...shelf,
    description: '高硼硅玻璃，可进微波炉与烤箱，四面锁扣不漏汤，盖子可拆洗。',
    skus: [{ code: 'JJ-BXH-5', title: '五件套', priceMinor: 9_900, quantity: 220 }],
    team: { size: 4, priceMinor: 7_900, ttlHours: 24, unitsPerBuyer: 2, stockShareBps: 5_000 },
  },
  {
    supplier: HOUSEHOLD,
    name: '竹纤维洗碗布',
    ...shelf,
    description: '竹纤维吸水去油，27×27厘米，可机洗。每片建议使用一个月后更换。',
    skus: [{ code: 'JJ-XWB-10', title: '10片', priceMinor: 1_590, quantity: 300 }],
  },
];
