import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Sku } from '#catalog';
import { Minor, Refusal } from '#common';

@ObjectType({ description: 'A line of an old order, as it could be bought alone now.' })
export class OrderAgainLine {
  @Field(() => Sku, { description: 'The SKU as it is today.' })
  readonly sku: Sku;

  @Field(() => String, { description: 'What it was called then.' })
  readonly title: string;

  @Field(() => Int, { description: 'How many units were bought then.' })
  readonly quantityThen: number;

  @Field(() => Int, { description: 'How many of them can be had now, by stock and limits; 0 if none.' })
  readonly quantity: number;

  @Field(() => Minor, { description: 'What a unit costs alone today, in minor units.' })
  readonly unitPriceMinor: number;

  @Field(() => Refusal, {
    nullable: true,
    description: 'Why it is fewer than then: what `checkoutPlace` would answer; null if it is as many.',
  })
  readonly whyNot: Refusal | null;
}
