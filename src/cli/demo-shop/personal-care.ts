import type { DemoProduct } from './demo-product.js';
import { HOUSEHOLD } from './suppliers.js';

const shelf = { category: '个人护理', categoryEn: 'Personal care', returnRule: 'OPENED_UNSAFE' } as const;

export const PERSONAL_CARE: readonly DemoProduct[] = [
  {
    supplier: HOUSEHOLD,
    name: '氨基酸洁面乳',
    ...shelf,
    description: '氨基酸表活，弱酸性，洗后不紧绷，120克一支。开封后十二个月内用完。',
    skus: [{ code: 'GH-JM-120', title: '120克', priceMinor: 4_990, quantity: 360 }],
    team: { size: 2, priceMinor: 3_690, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: HOUSEHOLD,
    name: '生姜控油洗发水',
    ...shelf,
    description: '无硅油配方，添加生姜根提取物，500毫升按压装，适合油性头皮。',
    skus: [
      { code: 'GH-XFS-500', title: '500毫升', priceMinor: 5_990, quantity: 340 },
      { code: 'GH-XFS-1000', title: '500毫升×2', priceMinor: 10_900, quantity: 200 },
    ],
    team: { size: 3, priceMinor: 4_490, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: HOUSEHOLD,
    name: '益生菌牙膏',
    ...shelf,
    description: '无氟亮白，温和去渍，薄荷味，120克一支，三支装够一家人用两个月。',
    skus: [{ code: 'GH-YG-3', title: '120克×3支', priceMinor: 3_990, quantity: 420 }],
    team: { size: 3, priceMinor: 2_890, ttlHours: 24, unitsPerBuyer: 4, stockShareBps: 6_000 },
  },
  {
    supplier: HOUSEHOLD,
    name: '软毛声波电动牙刷',
    ...shelf,
    description: '每分钟三万一千次，五档模式，充一次用三十天，IPX7防水，含刷头四支。',
    skus: [
      { code: 'GH-DDYS-W', title: '云白', priceMinor: 12_900, quantity: 200 },
      { code: 'GH-DDYS-B', title: '海蓝', priceMinor: 12_900, quantity: 160 },
    ],
    team: { size: 5, priceMinor: 9_900, ttlHours: 24, unitsPerBuyer: 1, stockShareBps: 5_000 },
  },
  {
    supplier: HOUSEHOLD,
    name: '樱花护手霜',
    ...shelf,
    description: '乳木果油与甘油配方，吸收快不黏手，60克一支，三支礼盒。',
    skus: [{ code: 'GH-HSS-3', title: '60克×3支', priceMinor: 3_590, quantity: 300 }],
    team: { size: 2, priceMinor: 2_590, ttlHours: 24, unitsPerBuyer: 4, stockShareBps: 6_000 },
  },
  {
    supplier: HOUSEHOLD,
    name: '蒸汽热敷眼罩',
    ...shelf,
    description: '发热约四十度，持续二十分钟，独立包装，无香型。请勿在睡眠时超时使用。',
    skus: [{ code: 'GH-YZ-20', title: '20片', priceMinor: 4_590, quantity: 260 }],
  },
];
