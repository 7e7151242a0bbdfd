import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export const OrderTab = {
  TO_PAY: 'TO_PAY',
  AWAITING_TEAM: 'AWAITING_TEAM',
  TO_SHIP: 'TO_SHIP',
  TO_RECEIVE: 'TO_RECEIVE',
  DONE: 'DONE',
  CANCELLED_OR_REFUNDED: 'CANCELLED_OR_REFUNDED',
} as const;
export type OrderTab = keyof typeof OrderTab;
registerEnumType(OrderTab, {
  name: 'OrderTab',
  description: 'Where a buyer looks for an order: each order is under one of these.',
  valuesMap: {
    TO_PAY: { description: 'It can be paid.' },
    AWAITING_TEAM: { description: 'It is paid; its team is not full yet.' },
    TO_SHIP: { description: 'The supplier prepares it.' },
    TO_RECEIVE: { description: 'It is on its way, or waits to be collected.' },
    DONE: { description: 'The buyer has it.' },
    CANCELLED_OR_REFUNDED: { description: 'It was never paid, was paid too late, or all its money went back.' },
  },
});

@ObjectType({ description: 'How many of one’s own orders are under a tab.' })
export class OrderTabCount {
  @Field(() => OrderTab, { description: 'Which tab.' })
  readonly tab: OrderTab;

  @Field(() => Int, { description: 'How many; 100 means more than 99, because no more are counted.' })
  readonly count: number;
}
