import { applyDecorators } from '@nestjs/common';
import { Field, ID, InputType, Int, PickType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ReturnRule, type SkuId } from '#catalog';
import { IsId, MaxCharacters, Minor, RepeatableInput } from '#common';
import type { CheckoutId } from './checkout.entity.js';
import { DeliveryInput } from './delivery/delivery.inputs.js';
import type { OrderId } from './order.entity.js';

export const UNITS_PER_LINE_MAX = 9_999;
export const LINES_MAX = 50;
const NOTE_CHARACTERS_MAX = 200;
const REFUNDS_MAX = 500;

/** An exception from the right to send goods back that the buyer has confirmed. */
export function ConfirmedReturnRule(): PropertyDecorator {
  return applyDecorators(
    IsOptional(),
    IsIn(Object.values(ReturnRule)),
    Field(() => ReturnRule, {
      nullable: true,
      description:
        'The product’s `returnRule`, if it needs confirmation and the buyer was shown it and has confirmed it for this purchase. Without it the goods may be sent back within seven days.',
    }),
  );
}

/** What every request that places an order says, whatever it buys. */
@InputType({ isAbstract: true })
export abstract class PlacingInput extends RepeatableInput {
  @Type(() => DeliveryInput)
  @ValidateNested()
  @Field(() => DeliveryInput, { description: 'Where it goes.' })
  delivery: DeliveryInput;
}

@InputType({ description: 'One SKU and how many of it.' })
export class CheckoutLineInput {
  @IsId('sku')
  @Field(() => ID, { description: 'What to buy.' })
  skuId: SkuId;

  @IsInt()
  @Min(1)
  @Max(UNITS_PER_LINE_MAX)
  @Field(() => Int, { description: `How many units, 1 to ${UNITS_PER_LINE_MAX}.` })
  quantity: number;

  @ConfirmedReturnRule()
  confirmedReturnRule?: ReturnRule | null;
}

@InputType({ description: 'What to buy alone, without a team.' })
export class CheckoutPlaceInput extends PlacingInput {
  @Type(() => CheckoutLineInput)
  @ValidateNested({ each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(LINES_MAX)
  @ArrayUnique(({ skuId }: CheckoutLineInput) => skuId, {
    context: { zh: '每个规格只能出现一次。', en: 'Must name each SKU only once.' },
  })
  @Field(() => [CheckoutLineInput], { description: `1 to ${LINES_MAX} lines, each of another SKU.` })
  lines: CheckoutLineInput[];

  @IsOptional()
  @IsInt()
  @Min(0)
  @Field(() => Minor, {
    nullable: true,
    description:
      'The `payableMinor` that the buyer was shown, in minor units: if it costs something else by now, nothing is placed.',
  })
  expectedPayableMinor?: number | null;
}

@InputType({ description: 'What somebody thinks of buying alone, and where it would go.' })
export class CheckoutQuoteInput extends PickType(CheckoutPlaceInput, ['lines', 'delivery'] as const) {}

/** Why money goes back: it is on record as the reason, and the buyer reads it. */
export function RefundNote(): PropertyDecorator {
  return applyDecorators(
    Matches(/\S/, { context: { zh: '请说明原因。', en: 'Must say why.' } }),
    MaxCharacters(NOTE_CHARACTERS_MAX),
    Field(() => String, { description: `Why; the buyer reads it. 1 to ${NOTE_CHARACTERS_MAX} characters.` }),
  );
}

@InputType({ description: 'Money that the shop gives back.' })
export class OrderRefundInput extends RepeatableInput {
  @IsId('order')
  @Field(() => ID, { description: 'For which order.' })
  orderId: OrderId;

  @IsInt()
  @Min(1)
  @Field(() => Minor, { description: 'How much, in minor units: at most what was paid and is not promised back yet.' })
  amountMinor: number;

  @RefundNote()
  note: string;
}

@InputType({ description: 'Orders of which all that is left is to be given back.' })
export class OrdersRefundInput extends RepeatableInput {
  @IsId('order', { each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(REFUNDS_MAX)
  @ArrayUnique({ context: { zh: '每个订单只能出现一次。', en: 'Must name each order only once.' } })
  @Field(() => [ID], { description: `1 to ${REFUNDS_MAX} orders, each once.` })
  orderIds: OrderId[];

  @RefundNote()
  note: string;
}

@InputType({ description: 'A checkout of one’s own.' })
export class CheckoutInput {
  @IsId('checkout')
  @Field(() => ID, { description: 'Which one.' })
  checkoutId: CheckoutId;
}
