import { Field, ObjectType } from '@nestjs/graphql';
import type { UserId } from '#identity';

/** What others may see of a seat: nothing that leads to its buyer. */
@ObjectType({ description: 'Somebody in a team, as others see them.' })
export class TeamMember {
  /** For fields of the server’s own; never shown. */
  buyerId: UserId;

  @Field(() => Boolean, { description: 'Whether the team is theirs: they opened it, or took it over.' })
  isOpener: boolean;

  @Field(() => Boolean, { description: 'Whether they have paid; otherwise they are about to.' })
  isPaid: boolean;

  @Field(() => Boolean, { description: 'Whether it is oneself.' })
  isYou: boolean;
}
