import type { Destination } from '#orders';

/** Where the developer tools of WeChat say that everybody lives; a test may change a part of it. */
export function aDelivery(address: Partial<Destination['address']> = {}): Destination {
  return {
    address: {
      recipientName: '张三',
      phone: '020-81167888',
      province: '广东省',
      city: '广州市',
      district: '海珠区',
      detail: '新港中路397号',
      postalCode: '510000',
      ...address,
    },
  };
}
