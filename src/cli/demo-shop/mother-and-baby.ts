import type { DemoProduct } from './demo-product.js';
import { NURSERY } from './suppliers.js';

const shelf = { category: '母婴用品', categoryEn: 'Mother and baby', returnRule: 'SEVEN_DAYS' } as const;

export const MOTHER_AND_BABY: readonly DemoProduct[] = [
  {
    supplier: NURSERY,
    name: '超薄透气纸尿裤',
    ...shelf,
    description: '芯体仅2.5毫米，一小时干爽，腰围魔术贴不勒肚。适合6至11千克宝宝，每包58片。',
    skus: [
      { code: 'MY-ZNK-L58', title: 'L码58片', priceMinor: 8_990, quantity: 500 },
      { code: 'MY-ZNK-M64', title: 'M码64片', priceMinor: 8_990, quantity: 400 },
      { code: 'MY-ZNK-XL48', title: 'XL码48片', priceMinor: 8_990, quantity: 300 },
    ],
    team: { size: 3, priceMinor: 6_990, ttlHours: 24, unitsPerBuyer: 4, stockShareBps: 6_000 },
  },
  {
    supplier: NURSERY,
    name: '婴儿手口湿巾',
    ...shelf,
    description: '食品级纯水配方，无酒精无香精，80抽带盖，每箱十包。开包后一个月内用完。',
    skus: [{ code: 'MY-SJ-10', title: '80抽×10包', priceMinor: 4_590, quantity: 500 }],
    team: { size: 3, priceMinor: 3_290, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: NURSERY,
    name: '宽口径玻璃奶瓶',
    ...shelf,
    description: '高硼硅玻璃，防胀气奶嘴，刻度清晰，可高温消毒。含M号奶嘴一个。',
    skus: [
      { code: 'MY-NP-240', title: '240毫升', priceMinor: 6_900, quantity: 260 },
      { code: 'MY-NP-160', title: '160毫升', priceMinor: 5_900, quantity: 260 },
    ],
    team: { size: 2, priceMinor: 5_400, ttlHours: 24, unitsPerBuyer: 2, stockShareBps: 5_000 },
  },
  {
    supplier: NURSERY,
    name: '儿童有机小米粥面',
    ...shelf,
    description: '有机小米与小麦制，不加盐，适合十二月龄以上，300克一盒。常温保存，保质期十二个月。',
    skus: [{ code: 'MY-ZM-2', title: '300克×2盒', priceMinor: 3_590, quantity: 300 }],
    team: { size: 3, priceMinor: 2_690, ttlHours: 24, unitsPerBuyer: 3, stockShareBps: 6_000 },
  },
  {
    supplier: NURSERY,
    name: '纯棉婴儿纱布浴巾',
    ...shelf,
    description: '六层水洗纱布，新疆长绒棉，105×105厘米，越洗越软，符合A类标准。',
    skus: [
      { code: 'MY-YJ-1', title: '单条装', priceMinor: 5_990, quantity: 280 },
      { code: 'MY-YJ-2', title: '两条装', priceMinor: 10_900, quantity: 160 },
    ],
    team: { size: 3, priceMinor: 4_590, ttlHours: 24, unitsPerBuyer: 2, stockShareBps: 5_000 },
  },
  {
    supplier: NURSERY,
    name: '孕妇DHA藻油软胶囊',
    ...shelf,
    description: '每粒含DHA200毫克，植物来源无鱼腥，60粒两个月用量。请遵医嘱，阴凉处保存。',
    skus: [{ code: 'MY-DHA-60', title: '60粒', priceMinor: 16_800, quantity: 150 }],
  },
];
