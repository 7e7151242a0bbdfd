/** Somebody of the demo shop. */
export interface DemoPerson {
  /** The name of the phone at the emulator: who asks it for a login code under this name is this person. */
  readonly person: string;
  readonly nickname: string;
  /** Where the parcels go. */
  readonly address: {
    readonly recipientName: string;
    readonly phone: string;
    readonly province: string;
    readonly city: string;
    readonly district: string;
    readonly detail: string;
  };
}

/** Runs the shop: buys here like anybody, and has an account of the staff under the same name. */
export const MANAGER: DemoPerson = {
  person: 'manager',
  nickname: '好团店长',
  address: {
    ...{ recipientName: '韩店长', phone: '15400000000' },
    ...{ province: '浙江省', city: '杭州市', district: '西湖区', detail: '文三路100号好团门店' },
  },
};

/** Those who buy, by the names of their phones. */
export const BUYERS = {
  xiaomei: {
    person: 'xiaomei',
    nickname: '小美',
    address: {
      ...{ recipientName: '林小美', phone: '15400000001' },
      ...{ province: '浙江省', city: '杭州市', district: '西湖区', detail: '翠苑一区3幢2单元501室' },
    },
  },
  laowang: {
    person: 'laowang',
    nickname: '老王',
    address: {
      ...{ recipientName: '王建国', phone: '15400000002' },
      ...{ province: '浙江省', city: '杭州市', district: '西湖区', detail: '翠苑一区5幢1单元102室' },
    },
  },
  achen: {
    person: 'achen',
    nickname: '阿陈',
    address: {
      ...{ recipientName: '陈志强', phone: '15400000003' },
      ...{ province: '上海市', city: '上海市', district: '徐汇区', detail: '漕宝路80号12楼' },
    },
  },
  tingting: {
    person: 'tingting',
    nickname: '婷婷',
    address: {
      ...{ recipientName: '周婷', phone: '15400000004' },
      ...{ province: '上海市', city: '上海市', district: '徐汇区', detail: '龙华路2600弄7号301室' },
    },
  },
  dapeng: {
    person: 'dapeng',
    nickname: '大鹏',
    address: {
      ...{ recipientName: '李大鹏', phone: '15400000005' },
      ...{ province: '广东省', city: '广州市', district: '天河区', detail: '体育西路191号B座1806室' },
    },
  },
  guifen: {
    person: 'guifen',
    nickname: '桂芬阿姨',
    address: {
      ...{ recipientName: '赵桂芬', phone: '15400000006' },
      ...{ province: '四川省', city: '成都市', district: '武侯区', detail: '玉林北路12号院4栋' },
    },
  },
} as const satisfies Record<string, DemoPerson>;
export type Buyer = (typeof BUYERS)[keyof typeof BUYERS];
