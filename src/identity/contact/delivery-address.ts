import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType({
  description:
    'An address in mainland China. Only the person whose it is sees all of it; to anybody else it is masked.',
})
export class DeliveryAddress {
  @Field(() => String, { description: 'Who receives it; `张**` if it is masked.' })
  readonly recipientName: string;

  @Field(() => String, {
    description:
      'A mobile number as `13812345678`, or a landline one as `020-81167888`; `138****5678` if it is masked.',
  })
  readonly phone: string;

  @Field(() => String, { description: 'The province, or the city that is one.' })
  readonly province: string;

  @Field(() => String, { description: 'The city.' })
  readonly city: string;

  @Field(() => String, { description: 'The district or county.' })
  readonly district: string;

  @Field(() => String, { nullable: true, description: 'The street or town, if it was given; null if it is masked.' })
  readonly street: string | null;

  @Field(() => String, { nullable: true, description: 'The house, the flat and so on; null if it is masked.' })
  readonly detail: string | null;

  @Field(() => String, { nullable: true, description: 'Six digits, if they were given; null if it is masked.' })
  readonly postalCode: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The six digits of the district by GB/T 2260, if they were given.',
  })
  readonly nationalCode: string | null;
}
