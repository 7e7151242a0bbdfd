import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsInt, Max, MaxDate, Min } from 'class-validator';
import type { SupplierId } from '#catalog';
import { IsId, Reason, RepeatableInput } from '#common';
import { COMMISSION_BPS_MAX, NOTICE_DAYS, VALID_BEFORE } from './supplier-rate.rules.js';

@InputType({ description: 'The commission that the shop takes of a supplier’s goods.' })
export class SupplierRateSetInput extends RepeatableInput {
  @IsId('supplier')
  @Field(() => ID, { description: 'Of which supplier.' })
  supplierId: SupplierId;

  @IsInt()
  @Min(0)
  @Max(COMMISSION_BPS_MAX)
  @Field(() => Int, { description: `The commission in basis points of the goods, 0 to ${COMMISSION_BPS_MAX}.` })
  commissionBps: number;

  @MaxDate(VALID_BEFORE, { context: { zh: '必须早于 2100 年。', en: 'Must lie before the year 2100.' } })
  @Field(() => Date, {
    description: `For what is ordered from then on; not before now, and for a higher rate at least ${NOTICE_DAYS} days ahead.`,
  })
  validFrom: Date;

  @Reason()
  reason: string;
}
