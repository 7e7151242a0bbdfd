import type { DemoProduct } from './demo-product.js';
import { SNACK_SHOP } from './suppliers.js';

const shelf = { category: '休闲零食', categoryEn: 'Snacks', returnRule: 'SEVEN_DAYS' } as const;

export const SNACKS: readonly DemoProduct[] = [
  {
    supplier: SNACK_SHOP,
    name: '每日坚果',
    ...shelf,
    description: '巴旦木、核桃、腰果、蓝莓干等六种混合，每日一袋25克。阴凉干燥处保存，保质期九个月。',
    skus: [
      { code: 'LS-MRJG-30', title: '25克×30袋', priceMinor: 9_900, quantity: 500 },
      { code: 'LS-MRJG-7', title: '25克×7袋', priceMinor: 2_990, quantity: 400 },
    ],
    team: { size: 3, priceMinor: 7_490, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: SNACK_SHOP,
    name: '新疆纸皮核桃',
    ...shelf,
    description: '新疆阿克苏一八五核桃，壳薄手捏即开，净重1千克。密封冷藏可放半年。',
    skus: [{ code: 'LS-HT-1000', title: '1千克', priceMinor: 4_590, quantity: 360 }],
    team: { size: 3, priceMinor: 3_490, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: SNACK_SHOP,
    name: '手工老婆饼',
    ...shelf,
    description: '广东中山冬蓉馅，皮酥馅糯，独立包装，净重约600克。常温保存，保质期三十天。',
    skus: [{ code: 'LS-LPB-12', title: '12枚', priceMinor: 2_690, quantity: 300 }],
    team: { size: 2, priceMinor: 1_990, ttlHours: 12, unitsPerBuyer: 4, stockShareBps: 6_000 },
  },
  {
    supplier: SNACK_SHOP,
    name: '麻辣牛肉干',
    ...shelf,
    description: '内蒙古黄牛后腿肉，每500克鲜肉约出180克肉干，越嚼越香。常温保存，保质期九个月。',
    skus: [
      { code: 'LS-NRG-200', title: '200克', priceMinor: 5_990, quantity: 300 },
      { code: 'LS-NRG-500', title: '500克', priceMinor: 13_900, quantity: 160 },
    ],
    team: { size: 4, priceMinor: 4_590, ttlHours: 24, unitsPerBuyer: 2, stockShareBps: 5_000 },
  },
  {
    supplier: SNACK_SHOP,
    name: '非油炸海苔脆',
    ...shelf,
    description: '江苏南通头水紫菜夹芝麻，低温烘烤，40克一罐。开罐后请尽快食用，注意防潮。',
    skus: [{ code: 'LS-HT-3', title: '40克×3罐', priceMinor: 2_890, quantity: 320 }],
    team: { size: 2, priceMinor: 2_090, ttlHours: 8, unitsPerBuyer: 4, stockShareBps: 6_000 },
  },
  {
    supplier: SNACK_SHOP,
    name: '柳州螺蛳粉',
    ...shelf,
    description: '广西柳州产，酸笋、腐竹、花生配料齐全，单包300克，煮八分钟即食。保质期六个月。',
    skus: [
      { code: 'LS-LSF-5', title: '300克×5包', priceMinor: 4_490, quantity: 600 },
      { code: 'LS-LSF-3', title: '300克×3包', priceMinor: 2_990, quantity: 400 },
    ],
    team: { size: 3, priceMinor: 3_390, ttlHours: 24, unitsPerBuyer: 4, stockShareBps: 7_000 },
  },
];
