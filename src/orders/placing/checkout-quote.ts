import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ReturnRule, type SkuId, type SupplierId } from '#catalog';
import { type Currency, Minor } from '#common';
import { BreakdownEntry } from './breakdown.js';

@ObjectType({ description: 'What the goods of one supplier would cost.' })
export class QuotedOrder {
  @Field(() => ID, { description: 'Whose goods.' })
  readonly supplierId: SupplierId;

  @Field(() => Minor, { description: 'What would be to be paid for it, in minor units: its goods and their freight.' })
  readonly payableMinor: number;

  @Field(() => Minor, { description: 'How much of that is freight, in minor units.' })
  readonly freightMinor: number;

  @Field(() => [BreakdownEntry], { description: 'Every part of it; they sum to `payableMinor`.' })
  readonly breakdown: readonly BreakdownEntry[];
}

@ObjectType({ description: 'Goods that can be excepted from the right to send them back.' })
export class ReturnToConfirm {
  @Field(() => ID, { description: 'Of which SKU.' })
  readonly skuId: SkuId;

  @Field(() => ReturnRule, {
    description:
      'The exception: it holds if the buyer is shown it, confirms it, and the line says so as `confirmedReturnRule`.',
  })
  readonly returnRule: ReturnRule;
}

@ObjectType({ description: 'What a checkout would cost now. Nothing is held.' })
export class CheckoutQuote {
  @Field(() => Minor, {
    description: 'What would be to be paid, in minor units; `checkoutPlace` takes it as `expectedPayableMinor`.',
  })
  readonly payableMinor: number;

  @Field(() => Minor, { description: 'How much of that is freight, in minor units.' })
  readonly freightMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the amounts’ currency.' })
  readonly currency: Currency;

  @Field(() => [QuotedOrder], { description: 'One for each supplier.' })
  readonly orders: readonly QuotedOrder[];

  @Field(() => [ReturnToConfirm], { description: 'What the buyer must be asked about, each by a step of its own.' })
  readonly returnsToConfirm: readonly ReturnToConfirm[];
}
