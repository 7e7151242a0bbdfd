/** Who brings parcels. */
export interface CarrierTerms {
  /** WeChat's id of it: what `upload_shipping_info` takes as `express_company`. */
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** How its numbers look, where that is known for certain; any number is taken of the others. */
  readonly trackingPattern: RegExp | null;
  /** Whether WeChat wants the receiver's number with the parcel, masked. */
  readonly wantsReceiverContact: boolean;
}

const PLAIN = { trackingPattern: null, wantsReceiverContact: false } as const;

/**
 * The carriers that a parcel may go by. Their ids are those of WeChat's own list, which
 * `/cgi-bin/express/delivery/open_msg/get_delivery_list` gives (发货信息管理: express_company); the patterns of numbers are SF's waybills
 * (SF, a letter or digit and 12 digits; 12 or 15 digits before that), J&T's (JT and 13 digits), and the post's: UPU S10, or 13 digits within China.
 */
export const CARRIERS: readonly CarrierTerms[] = [
  {
    id: 'SF',
    nameZh: '顺丰速运',
    nameEn: 'SF Express',
    trackingPattern: /^(SF[A-Z\d]\d{12}|\d{12}|\d{15})$/,
    wantsReceiverContact: true,
  },
  { id: 'ZTO', nameZh: '中通快递', nameEn: 'ZTO Express', ...PLAIN },
  { id: 'YTO', nameZh: '圆通速递', nameEn: 'YTO Express', ...PLAIN },
  { id: 'STO', nameZh: '申通快递', nameEn: 'STO Express', ...PLAIN },
  { id: 'YUNDA', nameZh: '韵达快递', nameEn: 'Yunda Express', ...PLAIN },
  {
    id: 'JTSD',
    nameZh: '极兔速递',
    nameEn: 'J&T Express',
    trackingPattern: /^JT\d{13}$/,
    wantsReceiverContact: false,
  },
  {
    id: 'EMS',
    nameZh: '中国邮政速递',
    nameEn: 'EMS',
    trackingPattern: /^([A-Z]{2}\d{9}[A-Z]{2}|\d{13})$/,
    wantsReceiverContact: false,
  },
  { id: 'JD', nameZh: '京东物流', nameEn: 'JD Logistics', ...PLAIN },
  { id: 'DBL', nameZh: '德邦快递', nameEn: 'Deppon Express', ...PLAIN },
];

export function carrierOf(id: string): CarrierTerms | null {
  return CARRIERS.find((carrier) => carrier.id === id) ?? null;
}
