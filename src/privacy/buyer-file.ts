import { Field, ObjectType } from '@nestjs/graphql';
import { User } from '#identity';

@ObjectType({
  description: 'All that customer service must see to help a buyer. Every part that is told is noted as a look.',
})
export class BuyerFile {
  @Field(() => User, { description: 'Whose it is; name and telephone number are masked.' })
  readonly buyer: User;

  constructor(buyer: User) {
    this.buyer = buyer;
  }
}
