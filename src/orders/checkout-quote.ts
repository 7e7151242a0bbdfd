import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { SupplierId } from '#catalog';
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
}
