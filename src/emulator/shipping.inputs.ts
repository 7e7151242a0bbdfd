import { ApiError } from './errors.js';
import { Fields } from './fields.js';

export const PARCELS_MAX = 15;
const NAME_CHARACTERS_MAX = 128;
const ITEM_CHARACTERS_MAX = 120;
const EXPRESS = 1;
/** What `wechat.md` 1.9 says wants a contact. */
const CARRIER_WITH_CONTACT = 'SF';
/** The last four digits are open, and something before them is masked. */
const MASKED = /\*.*\d{4}$/;

export interface ShippedParcel {
  readonly tracking_no?: string;
  readonly express_company?: string;
  readonly item_desc: string;
  readonly contact?: { readonly receiver_contact?: string; readonly consignor_contact?: string };
}

/** What a shop says of how a payment's goods are sent. */
export interface ShippingSaid {
  readonly logisticsType: number;
  readonly deliveryMode: number;
  readonly isAllDelivered: boolean;
  readonly parcels: readonly ShippedParcel[];
}

export interface ShippingUpload extends ShippingSaid {
  readonly order: OrderKey;
  readonly uploadTimeMs: number;
  readonly openid: string;
}

/** Either of a payment's numbers. */
export type OrderKey = { readonly transactionId: string } | { readonly outTradeNo: string };

/** Which errcode a bad field has, by its place; the first that fits. */
const ERRCODES: readonly (readonly [place: RegExp, errcode: number])[] = [
  [/^\/order_key$/, 268485194],
  [/order_number_type$/, 268485195],
  [/transaction_id$/, 268485196],
  [/(mchid|out_trade_no)$/, 268485197],
  [/upload_time$/, 268485216],
  [/delivery_mode$/, 268485224],
  [/logistics_type$/, 10060005],
  [/is_all_delivered$/, 10060007],
  [/^\/shipping_list$/, 268485228],
];
const ARGUMENTS = 10060014;

/** Makes the error of a bad field. */
export function badShipping(pointer: string, value: unknown, issue: string): ApiError {
  const [, errcode] = ERRCODES.find(([place]) => place.test(pointer)) ?? [];
  return new ApiError(errcode ?? ofItem(pointer, value) ?? ARGUMENTS, `${pointer} ${issue}`);
}

/** Missing and too long have errcodes of their own in a parcel. */
function ofItem(pointer: string, value: unknown): number | undefined {
  const isThere = typeof value === 'string' && value !== '';
  if (pointer.endsWith('/item_desc')) return isThere ? 10060009 : 10060008;
  if (pointer.endsWith('/tracking_no')) return isThere ? 10060026 : 268485226;
  return pointer.endsWith('/express_company') ? (isThere ? 10060025 : 268485227) : undefined;
}

/** @throws ApiError with the errcode of the first thing that is wrong */
export function readShipping(body: Fields): ShippingUpload {
  const order = readOrderKey(body.object('order_key'));
  const logisticsType = body.integer('logistics_type', { min: 1, max: 4 });
  const deliveryMode = body.integer('delivery_mode', { min: 1, max: 2 });
  const isSplit = deliveryMode === 2;
  if (isSplit && logisticsType !== EXPRESS) throw new ApiError(10060006, 'only express can be split');
  const isAllDelivered = isSplit ? body.flag('is_all_delivered') : true;
  const parcels = readParcels(body, logisticsType);
  if (!isSplit && parcels.length !== 1) throw new ApiError(268485228, 'unified delivery has exactly one parcel');
  const uploadTimeMs = body.instantMs('upload_time');
  const openid = body.object('payer').text('openid', { max: NAME_CHARACTERS_MAX });
  return { order, logisticsType, deliveryMode, isAllDelivered, parcels, uploadTimeMs, openid };
}

function readOrderKey(key: Fields): OrderKey {
  const type = key.integer('order_number_type', { min: 1, max: 2 });
  if (type === 2) return { transactionId: key.text('transaction_id', { max: 32 }) };
  key.text('mchid', { max: 32 });
  return { outTradeNo: key.text('out_trade_no', { max: 32 }) };
}

function readParcels(body: Fields, logisticsType: number): ShippedParcel[] {
  const list = body.list('shipping_list');
  if (list.length === 0) throw new ApiError(268485228, 'no parcel');
  if (list.length > PARCELS_MAX) throw new ApiError(10060024, `more than ${PARCELS_MAX} parcels`);
  return list.map((item, index) => {
    const parcel = new Fields(item, badShipping, `/shipping_list/${index}`);
    const description = { item_desc: parcel.text('item_desc', { max: ITEM_CHARACTERS_MAX }) };
    return logisticsType === EXPRESS ? { ...readExpress(parcel), ...description } : description;
  });
}

function readExpress(parcel: Fields): Omit<ShippedParcel, 'item_desc'> {
  const trackingNumber = parcel.text('tracking_no', { max: NAME_CHARACTERS_MAX });
  const carrier = parcel.text('express_company', { max: NAME_CHARACTERS_MAX });
  const contact = parcel.maybe('contact', (name) => parcel.object(name));
  const sides = (['receiver_contact', 'consignor_contact'] as const).flatMap((side) => {
    const said = contact?.maybe(side, (name) => contact.text(name, { max: 1_024, pattern: MASKED }));
    return said === undefined ? [] : [[side, said] as const];
  });
  if (carrier === CARRIER_WITH_CONTACT && sides.length === 0) throw new ApiError(ARGUMENTS, 'SF wants a contact');
  return {
    ...{ tracking_no: trackingNumber, express_company: carrier },
    ...(sides.length > 0 && { contact: Object.fromEntries(sides) }),
  };
}
