import type { DemoProduct } from './demo-product.js';
import { GARDEN, PASTURE } from './suppliers.js';

const shelf = { category: '乳品蛋类', categoryEn: 'Dairy and eggs', returnRule: 'FRESH' } as const;

export const DAIRY_AND_EGGS: readonly DemoProduct[] = [
  {
    supplier: PASTURE,
    name: '草原纯牛奶',
    ...shelf,
    description: '呼伦贝尔牧场奶源，每100毫升含蛋白质3.6克，配料只有生牛乳。常温避光保存，保质期六个月。',
    skus: [
      { code: 'RP-CNN-12', title: '250毫升×12盒', priceMinor: 5_490, quantity: 600 },
      { code: 'RP-CNN-24', title: '250毫升×24盒', priceMinor: 9_990, quantity: 300 },
    ],
    team: { size: 3, priceMinor: 4_290, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: PASTURE,
    name: '希腊式浓稠酸奶',
    ...shelf,
    description: '三倍生牛乳浓缩发酵，无蔗糖，每杯含蛋白质9克。2至6度冷藏，保质期二十一天。',
    skus: [{ code: 'RP-SN-6', title: '100克×6杯', priceMinor: 3_290, quantity: 400 }],
    team: { size: 2, priceMinor: 2_490, ttlHours: 6, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: PASTURE,
    name: '手撕奶酪条',
    ...shelf,
    description: '内蒙古锡林郭勒产，干酪含量不低于百分之五十，孩子的课间零食。冷藏保存，保质期六个月。',
    skus: [{ code: 'RP-NL-10', title: '20克×10条', priceMinor: 3_990, quantity: 350 }],
    team: { size: 3, priceMinor: 2_990, ttlHours: 24, unitsPerBuyer: 4, stockShareBps: 5_000 },
  },
  {
    supplier: GARDEN,
    name: '林下散养土鸡蛋',
    ...shelf,
    description: '浙江安吉竹林散养，每枚约45克，蛋黄饱满。破损包赔，阴凉处可放三十天。',
    skus: [
      { code: 'RP-TJD-30', title: '30枚', priceMinor: 3_690, quantity: 500 },
      { code: 'RP-TJD-20', title: '20枚', priceMinor: 2_690, quantity: 400 },
    ],
    team: { size: 3, priceMinor: 2_790, ttlHours: 12, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: GARDEN,
    name: '高邮咸鸭蛋',
    ...shelf,
    description: '江苏高邮麻鸭蛋腌制，流油起沙，熟制真空包装，开袋即食。常温保存，保质期八个月。',
    skus: [{ code: 'RP-XYD-10', title: '65克×10枚', priceMinor: 3_590, quantity: 380 }],
    team: { size: 4, priceMinor: 2_690, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: PASTURE,
    name: '低温巴氏鲜牛奶',
    ...shelf,
    description: '牧场当日生牛乳，75度巴氏杀菌，保留活性营养。2至6度冷藏，保质期七天，隔日送达。',
    skus: [{ code: 'RP-XNN-950', title: '950毫升', priceMinor: 1_890, quantity: 200 }],
  },
];
