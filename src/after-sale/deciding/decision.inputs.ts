import { Field, ID, InputType } from '@nestjs/graphql';
import { IsBoolean } from 'class-validator';
import { IsId, Reason, RepeatableInput } from '#common';
import type { AfterSaleId } from '../cases/after-sale.entity.js';

@InputType({ description: 'A decision on a case.' })
export class AfterSaleDecisionInput extends RepeatableInput {
  @IsId('aftersale')
  @Field(() => ID, { description: 'Which case.' })
  afterSaleId: AfterSaleId;

  /** The buyer reads it with the step. */
  @Reason()
  reason: string;
}

@InputType({ description: 'Goods of a case that came back and are accepted.' })
export class AfterSaleReturnReceiveInput extends AfterSaleDecisionInput {
  @IsBoolean()
  @Field(() => Boolean, { description: 'Whether they are as good as new, so that they are for sale again at once.' })
  isResaleable: boolean;
}

@InputType({ description: 'The shop’s last word on a case.' })
export class AfterSaleAppealDecideInput extends AfterSaleDecisionInput {
  @IsBoolean()
  @Field(() => Boolean, { description: 'Whether the buyer is right; if not, the refusal stands for good.' })
  isApproved: boolean;
}
