import { createHash } from 'node:crypto';
import type { Destination } from '#orders';
import { randomNumbers } from './random.js';

type District = readonly [province: string, city: string, district: string, nationalCode: string];

/** Districts with their codes by GB/T 2260. */
const DISTRICTS: readonly [District, ...District[]] = [
  ['北京市', '北京市', '海淀区', '110108'],
  ['上海市', '上海市', '浦东新区', '310115'],
  ['广东省', '广州市', '天河区', '440106'],
  ['广东省', '深圳市', '南山区', '440305'],
  ['浙江省', '杭州市', '西湖区', '330106'],
  ['江苏省', '南京市', '鼓楼区', '320106'],
  ['湖北省', '武汉市', '洪山区', '420111'],
  ['四川省', '成都市', '武侯区', '510107'],
  ['陕西省', '西安市', '雁塔区', '610113'],
  ['福建省', '厦门市', '思明区', '350203'],
];
const FAMILY_NAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗';
const GIVEN_NAMES = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚';
const ROADS = ['人民路', '解放路', '建设路', '中山路', '和平路', '新华路', '文化路', '长江路'] as const;

/** No operator has numbers that begin with 154 (MIIT's table of prefixes, March 2023), so none of these is anybody's. */
const NOBODYS_PREFIX = '154';

/** Where a customer of the history has things sent: made up, and the same for the same seed. Nothing of the customer goes into it but the number. */
export function deliveryOf(seed: number, customer: string): Destination {
  const next = randomNumbers(createHash('sha256').update(`${seed} ${customer}`).digest().readUInt32BE());
  const below = (end: number): number => Math.floor(next() * end);
  const oneOf = <Item>(items: ArrayLike<Item>): Item => items[below(items.length)] as Item;
  const [province, city, district, nationalCode] = oneOf(DISTRICTS);
  return {
    address: {
      ...{ province, city, district, nationalCode },
      recipientName: `${oneOf(FAMILY_NAMES)}${oneOf(GIVEN_NAMES)}${oneOf(GIVEN_NAMES)}`,
      phone: `${NOBODYS_PREFIX}${String(below(10 ** 8)).padStart(8, '0')}`,
      detail: `${oneOf(ROADS)}${1 + below(999)}号${1 + below(30)}栋${101 + below(2_000)}室`,
    },
  };
}
