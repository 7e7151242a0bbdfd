import { Field, Int, ObjectType } from '@nestjs/graphql';
import { LegalBasis, Purpose } from '#common';
import type { UserId } from '#identity';

@ObjectType({ description: 'One category of what the shop holds of a person.' })
export class PersonalDataCategory {
  @Field(() => String, { description: 'Its name, as the export and looks have it.' })
  readonly name: string;

  @Field(() => String, { description: 'What it is.' })
  readonly what: string;

  @Field(() => Purpose, { description: 'For what.' })
  readonly purpose: Purpose;

  @Field(() => LegalBasis, { description: 'What allows it.' })
  readonly basis: LegalBasis;

  @Field(() => String, { description: 'How long it is kept.' })
  readonly kept: string;

  @Field(() => Int, { description: 'How many records there are.' })
  readonly count: number;

  @Field(() => String, {
    nullable: true,
    description: 'The mutation that corrects it; null if it says what has happened.',
  })
  readonly correctedBy: string | null;
}

@ObjectType({ description: 'What the shop holds of a person, and who has looked at it.' })
export class PersonalDataAccount {
  /** For the field `looks`; never shown. */
  readonly userId: UserId;

  @Field(() => [PersonalDataCategory], { description: 'Every category that the shop may hold.' })
  readonly categories: PersonalDataCategory[];
}
