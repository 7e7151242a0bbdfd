import type { DemoProduct } from './demo-product.js';
import { GRANARY, SNACK_SHOP } from './suppliers.js';

const shelf = { category: '茶饮冲调', categoryEn: 'Drinks', returnRule: 'SEVEN_DAYS' } as const;

export const DRINKS: readonly DemoProduct[] = [
  {
    supplier: SNACK_SHOP,
    name: '安溪清香铁观音',
    ...shelf,
    description: '福建安溪秋茶，兰花香，一泡一小袋，净重250克。密封冷藏可保香十二个月。',
    skus: [{ code: 'CY-TGY-250', title: '250克礼罐', priceMinor: 8_800, quantity: 260 }],
    team: { size: 3, priceMinor: 6_600, ttlHours: 24, unitsPerBuyer: 2, stockShareBps: 5_000 },
  },
  {
    supplier: SNACK_SHOP,
    name: '云南小粒挂耳咖啡',
    ...shelf,
    description: '云南保山阿拉比卡豆，中深烘焙，带坚果香。烘焙日期印在袋底，建议三个月内饮用。',
    skus: [
      { code: 'CY-KF-20', title: '10克×20包', priceMinor: 5_900, quantity: 400 },
      { code: 'CY-KF-10', title: '10克×10包', priceMinor: 3_390, quantity: 300 },
    ],
    team: { size: 2, priceMinor: 4_490, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: SNACK_SHOP,
    name: '宁夏枸杞原浆',
    ...shelf,
    description: '宁夏中宁鲜枸杞直接打浆，不加水不加糖。开袋即饮，未开封常温保存十二个月。',
    skus: [{ code: 'CY-GQ-14', title: '30毫升×14袋', priceMinor: 9_900, quantity: 240 }],
    team: { size: 4, priceMinor: 7_200, ttlHours: 24, unitsPerBuyer: 2, stockShareBps: 5_000 },
  },
  {
    supplier: SNACK_SHOP,
    name: 'NFC鲜榨橙汁',
    ...shelf,
    description: '江西赣南脐橙非浓缩还原，零添加，每瓶约用四个橙子。0至4度冷藏，保质期三十天。',
    skus: [{ code: 'CY-CZ-6', title: '300毫升×6瓶', priceMinor: 4_990, quantity: 300 }],
    team: { size: 3, priceMinor: 3_690, ttlHours: 8, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: GRANARY,
    name: '黑芝麻核桃粉',
    ...shelf,
    description: '河南平舆黑芝麻与核桃低温烘焙研磨，无蔗糖，500克一罐。开罐后一个月内吃完。',
    skus: [{ code: 'CY-ZMF-500', title: '500克', priceMinor: 3_990, quantity: 320 }],
    team: { size: 3, priceMinor: 2_890, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: SNACK_SHOP,
    name: '天然苏打水',
    ...shelf,
    description: '黑龙江克东天然水源，弱碱性，无添加，整箱二十四瓶。常温避光保存，保质期十二个月。',
    skus: [{ code: 'CY-SDS-24', title: '380毫升×24瓶', priceMinor: 6_900, quantity: 200 }],
  },
];
