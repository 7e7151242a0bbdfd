import { Field, ObjectType } from '@nestjs/graphql';
import { DeliveryAddress } from '#identity';

@ObjectType({ description: 'Where an order goes.' })
export class OrderDelivery {
  /** The field may be null from the start: a pickup point will stand in its place, and the API only grows. */
  @Field(() => DeliveryAddress, {
    nullable: true,
    description: 'The address that it is sent to; null if it is not sent to one.',
  })
  readonly address: DeliveryAddress;
}
