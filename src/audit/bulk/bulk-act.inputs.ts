import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId, Reason, RepeatableInput } from '#common';
import type { BulkActId } from './bulk-act.entity.js';

@InputType({ description: 'A bulk act, to be approved.' })
export class BulkActApproveInput extends RepeatableInput {
  @IsId('bulk')
  @Field(() => ID, { description: 'Which one.' })
  bulkActId: BulkActId;

  @Reason()
  reason: string;
}

@InputType({ description: 'A bulk act, to be rejected or taken back.' })
export class BulkActEndInput {
  @IsId('bulk')
  @Field(() => ID, { description: 'Which one.' })
  bulkActId: BulkActId;

  @Reason()
  reason: string;
}
