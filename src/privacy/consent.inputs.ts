import { Field, InputType, Int } from '@nestjs/graphql';
import { Allow, IsInt, Min } from 'class-validator';
import { Purpose } from '#common';

@InputType({ description: 'A purpose to agree to.' })
export class ConsentGiveInput {
  @Allow()
  @Field(() => Purpose, { description: 'Which one; each is agreed to by itself.' })
  purpose: Purpose;

  @IsInt()
  @Min(1)
  @Field(() => Int, { description: 'The version of the text that was shown.' })
  version: number;
}

@InputType({ description: 'A purpose to agree to no longer.' })
export class ConsentWithdrawInput {
  @Allow()
  @Field(() => Purpose, { description: 'Which one.' })
  purpose: Purpose;
}
