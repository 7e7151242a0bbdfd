import { randomUUID } from 'node:crypto';
import { type Id, idBytes, idFromBytes, newId } from '#common';
import type { Kind, Run } from '../command.js';
import { correct, extend, receive, ship, whyNotCorrect, whyNotExtend, whyNotShip } from '../promises/shipping.js';
import type { Model } from '../promises/model.js';
import type { Purchase } from '../promises/records.js';
import { ask, newKey, promisedTo, remember } from './asking.js';

const aNumber = (): string => randomUUID().toUpperCase();
const isToShip = ({ order }: Purchase): boolean => order === 'TO_FULFIL';

/** How a parcel is called, right or wrong. */
type Label = 'right' | 'of no carrier' | 'unfit' | 'taken';

function labelled(label: Label, { purchases }: Model): { carrier: string; trackingNumber: string } {
  if (label === 'of no carrier') return { carrier: 'PIGEON', trackingNumber: aNumber() };
  if (label === 'unfit') return { carrier: 'JTSD', trackingNumber: aNumber() };
  const taken = purchases.flatMap(({ parcels }) => parcels)[0];
  return { carrier: 'YTO', trackingNumber: label === 'taken' && taken ? taken.number : aNumber() };
}

function whyNotLabel(label: Label, { purchases }: Model): string | null {
  if (label === 'of no carrier') return 'CarrierUnknown';
  if (label === 'unfit') return 'TrackingNumberUnfit';
  const isAny = purchases.some(({ parcels }) => parcels.length > 0);
  return label === 'taken' && isAny ? 'TrackingNumberTaken' : null;
}

interface Shipment {
  readonly purchase: Purchase;
  readonly units: number | null;
  readonly label: Label;
}

/** Somebody of the staff ships what is left of an order, a part of it, or more than that. */
export const parcelShip: Kind<Shipment> = {
  name: 'parcelShip',
  mutations: ['parcelShip'],
  weight: 12,
  choose: ({ purchases }, dice) => {
    const purchase = dice.happens(20) ? dice.oneOf(purchases) : dice.oneOf(purchases.filter(isToShip));
    if (!purchase) return null;
    const units = dice.pick(null, null, null, 1, 1, purchase.quantity + 1);
    return {
      purchase,
      units,
      label: dice.pick<Label>('right', 'right', 'right', 'right', 'of no carrier', 'unfit', 'taken'),
    };
  },
  tell: ({ purchase, units, label }) =>
    `${String(units ?? 'all that is left')} of ${purchase.name} is shipped, ${label}`,
  act: async ({ purchase, units, label }, model, run) => {
    const promised = whyNotShip(purchase, units) ?? whyNotLabel(label, model) ?? 'Parcel';
    const phone = await run.world.operator();
    const lines = units === null ? null : [{ lineId: await lineOf(purchase, run), quantity: units }];
    const input = { orderId: purchase.orderId, ...labelled(label, model), lines, idempotencyKey: newKey() };
    const answer = await ask(run, phone, 'parcelShip', promised, input);
    if (answer.type !== 'Parcel') return answer.type;
    ship(model, purchase, { id: String(answer.value['id']), number: input.trackingNumber, units });
    const other = { trackingNumber: aNumber() };
    remember(model, run, { phone, person: null, mutation: 'parcelShip', input, other, answer });
    return answer.type;
  },
};

interface OfParcel {
  readonly purchase: Purchase;
  readonly parcel: Purchase['parcels'][number];
}

const parcelsOf = ({ purchases }: Model): OfParcel[] =>
  purchases.flatMap((purchase) => purchase.parcels.map((parcel) => ({ purchase, parcel })));

/** A parcel is given another number. */
export const parcelCorrect: Kind<OfParcel & { readonly label: Label }> = {
  name: 'parcelCorrect',
  mutations: ['parcelCorrect'],
  weight: 6,
  choose: (model, dice) => {
    const chosen = dice.oneOf(parcelsOf(model));
    return (
      chosen && { ...chosen, label: dice.pick<Label>('right', 'right', 'right', 'of no carrier', 'unfit', 'taken') }
    );
  },
  tell: ({ purchase, label }) => `a parcel of ${purchase.name} is corrected, ${label}`,
  act: async ({ purchase, parcel, label }, model, run) => {
    const said = labelled(label, model);
    const isSame = said.trackingNumber === parcel.number;
    const no = whyNotCorrect(purchase);
    // Whether the number is taken shows when it is written, which is the last thing that is done.
    const wrong = label === 'taken' ? null : whyNotLabel(label, model);
    const late = isSame ? null : (no ?? whyNotLabel(label, model));
    const promised = (no === 'ParcelClosed' ? no : null) ?? wrong ?? late ?? 'Parcel';
    const input = { parcelId: parcel.id, ...said, reason: '单号填错' };
    const { type } = await ask(run, await run.world.operator(), 'parcelCorrect', promised, input);
    if (type === 'Parcel' && !isSame) correct(model, purchase, parcel, said.trackingNumber);
    return type;
  },
};

/** A parcel was handed over; to the order this is no matter. */
export const parcelDelivered: Kind<OfParcel> = {
  name: 'parcelDelivered',
  mutations: ['parcelDelivered'],
  weight: 2,
  choose: (model, dice) => dice.oneOf(parcelsOf(model)),
  tell: ({ purchase }) => `a parcel of ${purchase.name} is handed over`,
  act: async ({ parcel }, _model, run) =>
    (await ask(run, await run.world.operator(), 'parcelDelivered', 'Parcel', { parcelId: parcel.id })).type,
};

/** A buyer says that an order has come, whether it has or not. */
export const orderReceive: Kind<Purchase> = {
  name: 'orderReceive',
  mutations: ['orderReceive'],
  weight: 5,
  choose: ({ purchases }, dice) =>
    dice.happens(30) ? dice.oneOf(purchases) : dice.oneOf(purchases.filter(({ order }) => order === 'SHIPPED')),
  tell: ({ buyer, name }) => `${buyer.name} receives ${name}`,
  act: async (purchase, model, run) => {
    const { buyer, order, orderId } = purchase;
    const isThere = order === 'SHIPPED' || order === 'RECEIVED' || order === 'COMPLETED';
    const promised = promisedTo(buyer, () => (isThere ? 'Order' : 'OrderNotReceivable'));
    const { type } = await ask(run, run.world.phoneOf(buyer), 'orderReceive', promised, { orderId });
    if (type === 'Order' && order === 'SHIPPED') receive(model, purchase);
    return type;
  },
};

/** Somebody else says that an order has come. */
export const receiptOfAnother: Kind<Purchase> = {
  name: 'orderReceive of another',
  mutations: ['orderReceive'],
  weight: 1,
  choose: ({ purchases }, dice) => dice.oneOf(purchases),
  tell: ({ name }) => `somebody receives ${name}, or what is none`,
  act: async ({ buyer }, _model, run) => {
    const promised = promisedTo(buyer, () => 'NOT_FOUND');
    return (await ask(run, run.world.phoneOf(buyer), 'orderReceive', promised, { orderId: newId('order') })).type;
  },
};

/** A buyer puts the automatic receipt off. */
export const receiptExtend: Kind<Purchase> = {
  name: 'receiptExtend',
  mutations: ['receiptExtend'],
  weight: 4,
  choose: ({ purchases }, dice) =>
    dice.happens(30) ? dice.oneOf(purchases) : dice.oneOf(purchases.filter(({ order }) => order === 'SHIPPED')),
  tell: ({ buyer, name }) => `${buyer.name} puts the receipt of ${name} off`,
  act: async (purchase, model, run) => {
    const { buyer: person, orderId } = purchase;
    const promised = promisedTo(person, () => whyNotExtend(model, purchase) ?? 'Order');
    const phone = run.world.phoneOf(person);
    const input = { orderId, idempotencyKey: newKey() };
    const answer = await ask(run, phone, 'receiptExtend', promised, input);
    if (answer.type !== 'Order') return answer.type;
    extend(purchase);
    const other = { orderId: newId('order') };
    remember(model, run, { phone, person, mutation: 'receiptExtend', input, other, answer });
    return answer.type;
  },
};

/** The one line that an order of these runs has. */
export async function lineOf({ orderId }: Purchase, { world }: Run): Promise<string> {
  const [line] = await world.shop.rows<{ id: Buffer }>('SELECT id FROM order_line WHERE order_id = ?', [
    idBytes(orderId as Id),
  ]);
  return idFromBytes('line', line!.id);
}
