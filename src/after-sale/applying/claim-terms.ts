import { Field, Int, ObjectType } from '@nestjs/graphql';
import { ReturnRule } from '#catalog';
import { type Language, Refusal } from '#common';
import { AfterSaleKind } from '../cases/after-sale.entity.js';
import { claimableQuantity, type ClaimedLine, type ClaimedOrder, kindsOf, mayClaim } from './application.rules.js';

@ObjectType({
  description: 'What can be asked back of a line of an order now, so that a page shows a button or why not.',
})
export class ClaimTerms {
  @Field(() => Int, { description: 'How many units; 0 if none.' })
  readonly claimableQuantity: number;

  @Field(() => [AfterSaleKind], { description: 'What can be asked for, by some reason.' })
  readonly kinds: AfterSaleKind[];

  @Field(() => ReturnRule, { description: 'Whether it can be sent back without a reason.' })
  readonly returnRule: ReturnRule;

  @Field(() => Refusal, {
    nullable: true,
    description: 'Why nothing of the order can be asked back; null if something can.',
  })
  readonly whyNot: Refusal | null;

  constructor(
    order: ClaimedOrder,
    line: ClaimedLine,
    { now, language }: { readonly now: Date; readonly language: Language },
  ) {
    this.whyNot = mayClaim(order, now)?.speak(language) ?? null;
    this.claimableQuantity = this.whyNot ? 0 : claimableQuantity(order, line);
    this.kinds = this.whyNot ? [] : kindsOf(order, line);
    this.returnRule = line.returnRule;
  }
}
