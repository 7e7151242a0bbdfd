import type { DemoProduct } from './demo-product.js';
import { GARDEN } from './suppliers.js';

const shelf = { category: '时令蔬菜', categoryEn: 'Vegetables', returnRule: 'FRESH' } as const;

export const VEGETABLES: readonly DemoProduct[] = [
  {
    supplier: GARDEN,
    name: '云南高山娃娃菜',
    ...shelf,
    description: '云南海拔两千米基地直采，叶黄心嫩，三棵一包约600克。冷藏可放七天。',
    skus: [{ code: 'SC-WWC-3', title: '3棵装', priceMinor: 990, quantity: 800 }],
    team: { size: 2, priceMinor: 690, ttlHours: 6, unitsPerBuyer: 5, stockShareBps: 7_000 },
  },
  {
    supplier: GARDEN,
    name: '山东贝贝小南瓜',
    ...shelf,
    description: '山东潍坊种植，粉糯清甜，单个约400克，蒸煮皆宜。阴凉干燥处可放一个月。',
    skus: [{ code: 'SC-BBNG-5', title: '约2千克', priceMinor: 2_290, quantity: 500 }],
    team: { size: 3, priceMinor: 1_590, ttlHours: 12, unitsPerBuyer: 4, stockShareBps: 6_000 },
  },
  {
    supplier: GARDEN,
    name: '内蒙古黄心土豆',
    ...shelf,
    description: '内蒙古乌兰察布沙壤土种植，淀粉含量高，炖煮起沙。避光存放，发芽后请勿食用。',
    skus: [
      { code: 'SC-TD-2500', title: '2.5千克', priceMinor: 1_590, quantity: 700 },
      { code: 'SC-TD-5000', title: '5千克', priceMinor: 2_690, quantity: 400 },
    ],
    team: { size: 3, priceMinor: 990, ttlHours: 12, unitsPerBuyer: 5, stockShareBps: 7_000 },
  },
  {
    supplier: GARDEN,
    name: '普罗旺斯沙瓤西红柿',
    ...shelf,
    description: '辽宁东港温室种植，自然转红，酸甜起沙，生吃熟食均可。净重约2千克，常温可放五天。',
    skus: [{ code: 'SC-XHS-2000', title: '2千克', priceMinor: 2_990, quantity: 450 }],
    team: { size: 3, priceMinor: 2_190, ttlHours: 12, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: GARDEN,
    name: '有机菠菜',
    ...shelf,
    description: '江苏崇明有机基地种植，持有机产品认证，当日采收。净重约300克，请冷藏并于三天内食用。',
    skus: [{ code: 'SC-BC-300', title: '300克', priceMinor: 890, quantity: 400 }],
  },
  {
    supplier: GARDEN,
    name: '鲜百合与铁棍山药组合',
    ...shelf,
    description: '兰州鲜百合250克，河南温县铁棍山药约1千克，适合煲汤煮粥。冷藏可放十天。',
    skus: [{ code: 'SC-BHSY-1', title: '组合装', priceMinor: 4_990, quantity: 260 }],
    team: { size: 4, priceMinor: 3_790, ttlHours: 24, unitsPerBuyer: 2, stockShareBps: 5_000 },
  },
];
