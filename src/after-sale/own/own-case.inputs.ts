import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId, RepeatableInput } from '#common';
import { CarrierField, TrackingNumberField } from '#fulfilment';
import { Words } from '../applying/application.inputs.js';
import type { AfterSaleId } from '../cases/after-sale.entity.js';

@InputType({ description: 'A case of one’s own.' })
export class AfterSaleCancelInput extends RepeatableInput {
  @IsId('aftersale')
  @Field(() => ID, { description: 'Which case.' })
  afterSaleId: AfterSaleId;
}

@InputType({ description: 'Goods that are on their way back.' })
export class AfterSaleReturnSendInput extends AfterSaleCancelInput {
  @CarrierField()
  carrier: string;

  @TrackingNumberField()
  trackingNumber: string;
}

@InputType({ description: 'An appeal against a refusal.' })
export class AfterSaleAppealInput extends AfterSaleCancelInput {
  @Words()
  note?: string | null;
}
