import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId, RepeatableInput } from '#common';
import type { OrderId } from '#orders';

@InputType({ description: 'An order of one’s own that has come.' })
export class OrderReceiveInput {
  @IsId('order')
  @Field(() => ID, { description: 'Which one.' })
  orderId: OrderId;
}

@InputType({ description: 'An order of one’s own that takes longer to come.' })
export class ReceiptExtendInput extends RepeatableInput {
  @IsId('order')
  @Field(() => ID, { description: 'Which one.' })
  orderId: OrderId;
}
