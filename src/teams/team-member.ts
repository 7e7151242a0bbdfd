import { Field, ObjectType } from '@nestjs/graphql';

/** What others may see of a seat: nothing that leads to its buyer. */
@ObjectType({ description: 'Somebody in a team, as others see them.' })
export class TeamMember {
  @Field(() => Boolean, { description: 'Whether they opened the team.' })
  isOpener: boolean;

  @Field(() => Boolean, { description: 'Whether they have paid; otherwise they are about to.' })
  isPaid: boolean;

  @Field(() => Boolean, { description: 'Whether it is oneself.' })
  isYou: boolean;
}
