import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType({ description: 'One way in which the variants of a product differ, such as a size.' })
export class ProductOption {
  @Field(() => String, { description: 'What it is called.' })
  name: string;

  @Field(() => [String], { description: 'What can be chosen, in order.' })
  values: string[];
}
