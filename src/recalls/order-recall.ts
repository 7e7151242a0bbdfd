import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { LineId, OrderId } from '#orders';
import type { RefundId } from '#payments';

@ObjectType({ description: 'That goods of an order are recalled, for its buyer.' })
export class OrderRecall {
  orderId: OrderId;

  refundId: RefundId | null;

  @Field(() => ID, { description: 'Which line of the order.' })
  lineId: LineId;

  @Field(() => String, { description: 'What was bought, as it was called then.' })
  title: string;

  @Field(() => String, { description: 'The number of the batch that is recalled, as it is printed on the goods.' })
  batchNumber: string;

  @Field(() => Int, { description: 'How many units that were sent are, or may be, of the batch.' })
  quantity: number;

  @Field(() => Int, { description: 'How many of them are for certain; of the others the number on the goods tells.' })
  certainQuantity: number;

  @Field(() => String, { description: 'What is wrong with it.' })
  reason: string;

  @Field(() => String, { description: 'What to do with it.' })
  advice: string;
}
