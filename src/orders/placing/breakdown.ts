import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Minor, type Texts } from '#common';
import { freightTexts, goodsTexts } from './breakdown.rules.js';
import { OrderFreight } from './order-freight.entity.js';
import { OrderLine } from '../order-line.entity.js';

export const BreakdownKind = { GOODS: 'GOODS', FREIGHT: 'FREIGHT' } as const;
export type BreakdownKind = keyof typeof BreakdownKind;
registerEnumType(BreakdownKind, {
  name: 'BreakdownKind',
  description: 'What a part of a price is for. Further kinds will come; show the `text` of one that you do not know.',
  valuesMap: {
    GOODS: { description: 'One SKU; `line` says more.' },
    FREIGHT: { description: 'Sending the goods of one freight template; `freight` says more.' },
  },
});

@ObjectType({ description: 'A part of what is to be paid for an order; all parts sum to it.' })
export class BreakdownEntry {
  @Field(() => BreakdownKind, { description: 'What it is for.' })
  readonly kind: BreakdownKind;

  @Field(() => Minor, { description: 'How much it is, in minor units.' })
  readonly amountMinor: number;

  @Field(() => OrderLine, { nullable: true, description: 'The line, if it is for goods.' })
  readonly line: OrderLine | null;

  @Field(() => OrderFreight, { nullable: true, description: 'How it was reckoned, if it is freight.' })
  readonly freight: OrderFreight | null;

  readonly texts: Texts;
}

/** Every fen of an order: its lines, then its freight, as they were when it was placed. */
export function breakdownOf(lines: readonly OrderLine[], freights: readonly OrderFreight[]): BreakdownEntry[] {
  return [
    ...lines.map((line) => ({
      ...{ kind: BreakdownKind.GOODS, amountMinor: line.amountMinor },
      ...{ line, freight: null, texts: goodsTexts(line) },
    })),
    ...freights.map((freight) => ({
      ...{ kind: BreakdownKind.FREIGHT, amountMinor: freight.amountMinor },
      ...{ line: null, freight, texts: freightTexts(freight) },
    })),
  ];
}
