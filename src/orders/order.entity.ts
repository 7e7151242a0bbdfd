import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Currency, type Id, IdColumn, Minor, MinorColumn, type Sealed, SealedColumn } from '#common';
import type { SupplierId } from '#catalog';
import type { UserId } from '#identity';
import type { CheckoutId } from './checkout.entity.js';

export type OrderId = Id<'order'>;

export const OrderStatus = {
  UNPAID: 'UNPAID',
  AWAITING_TEAM: 'AWAITING_TEAM',
  PAID: 'PAID',
  PAID_LATE: 'PAID_LATE',
  TO_FULFIL: 'TO_FULFIL',
  SHIPPED: 'SHIPPED',
  SORTING: 'SORTING',
  IN_TRANSIT: 'IN_TRANSIT',
  READY_FOR_PICKUP: 'READY_FOR_PICKUP',
  COLLECTED: 'COLLECTED',
  UNCOLLECTED: 'UNCOLLECTED',
  RECEIVED: 'RECEIVED',
  COMPLETED: 'COMPLETED',
  CANCELLED: 'CANCELLED',
  REFUNDED: 'REFUNDED',
} as const;
export type OrderStatus = keyof typeof OrderStatus;
registerEnumType(OrderStatus, {
  name: 'OrderStatus',
  description: 'How far an order has come.',
  valuesMap: {
    UNPAID: { description: 'Placed; its goods are held while the buyer pays.' },
    AWAITING_TEAM: { description: 'Paid; it waits for its team to fill.' },
    PAID: { description: 'Paid; nothing else to wait for.' },
    PAID_LATE: { description: 'Paid when its hold was over: it gets its seat back, or the money goes back.' },
    TO_FULFIL: { description: 'The supplier prepares it.' },
    SHIPPED: { description: 'The parcel is on its way.' },
    SORTING: { description: 'Its round is being sorted.' },
    IN_TRANSIT: { description: 'It is on its way to the pickup point.' },
    READY_FOR_PICKUP: { description: 'It waits at the pickup point.' },
    COLLECTED: { description: 'It was handed out.' },
    UNCOLLECTED: { description: 'Nobody came for it.' },
    RECEIVED: { description: 'The buyer has it.' },
    COMPLETED: { description: 'The after-sale window is over.' },
    CANCELLED: { description: 'It was never paid.' },
    REFUNDED: { description: 'All its money went back.' },
  },
});

/** The places that seals of an order are bound to. */
export const ORDER_SEALS = { delivery: 'orders.delivery' } as const;

@ObjectType({ description: 'Goods of one supplier, bought by one person at once.' })
@Entity('orders')
export class Order {
  @Field(() => ID, { description: 'The order’s id.' })
  @IdColumn('order')
  id: OrderId;

  @IdColumn('checkout', { primary: false, update: false })
  checkoutId: CheckoutId;

  @IdColumn('user', { primary: false, update: false })
  buyerId: UserId;

  @IdColumn('supplier', { primary: false, update: false })
  supplierId: SupplierId;

  @Field(() => OrderStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: OrderStatus;

  /** True if a team decides about it: it is cancelled, fulfilled and refunded through the team. */
  @Column({ type: 'boolean', update: false })
  awaitsTeam: boolean;

  /** Which hold of stock it has: 1, or 2 if it was paid late and got its seat back. */
  @Column('tinyint')
  hold: number;

  @Field(() => Minor, { description: 'What was to be paid for it, in minor units: its lines and their freight.' })
  @MinorColumn({ update: false })
  payableMinor: number;

  @Field(() => Minor, { description: 'How much of that is freight, in minor units.' })
  @MinorColumn({ update: false })
  freightMinor: number;

  /** What has been promised back, what has arrived included; guarded, so that no order gives back more than was paid for it (INV-19). */
  @MinorColumn()
  refundingMinor: number;

  @Field(() => Minor, { description: 'What has gone back to the buyer so far, in minor units.' })
  @MinorColumn()
  refundedMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the amounts’ currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  @Field(() => Date, { description: 'When it was placed.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  placedAt: Date;

  /** Since when its supplier is to ship it; null until then. */
  @Column('datetime', { precision: 3, nullable: true })
  toFulfilAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'When the buyer is taken to have received it, unless they say so before; null until all of it is shipped.',
  })
  @Column('datetime', { precision: 3, nullable: true })
  receiveBy: Date | null;

  @Field(() => Boolean, { description: 'Whether the buyer has put `receiveBy` off, which can be done once.' })
  @Column('boolean')
  isReceiptExtended: boolean;

  @Field(() => Date, { nullable: true, description: 'When the buyer received it; null until then.' })
  @Column('datetime', { precision: 3, nullable: true })
  receivedAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the after-sale window ends, or ended; null until it is received.',
  })
  @Column('datetime', { precision: 3, nullable: true })
  completesAt: Date | null;

  /** How many after-sale cases of it are open: until none is, the clock neither receives nor completes it. */
  @Column('int')
  openAfterSales: number;

  /** Of these times the one that its status waits for, as the database computes it; lists are sorted by it, and nobody reads it. */
  @Column({ type: 'datetime', precision: 3, nullable: true, select: false, insert: false, update: false })
  dueAt?: Date | null;

  /** Where it goes; null if it is from before orders knew. Nearly nobody who reads an order needs it, so it is read only by name. */
  @SealedColumn({ nullable: true, select: false, update: false })
  delivery?: Sealed | null;
}
