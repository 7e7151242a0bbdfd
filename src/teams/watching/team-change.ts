import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Team } from '../team.entity.js';

export const TeamHappening = {
  OPENED: 'OPENED',
  JOINED: 'JOINED',
  PAID: 'PAID',
  LEFT: 'LEFT',
  FORMED: 'FORMED',
  FAILED: 'FAILED',
  ABORTED: 'ABORTED',
  MERGED: 'MERGED',
} as const;
export type TeamHappening = keyof typeof TeamHappening;
registerEnumType(TeamHappening, {
  name: 'TeamHappening',
  description: 'Something that happened to a team.',
  valuesMap: {
    OPENED: { description: 'Its opener has paid, so others see it and can join.' },
    JOINED: { description: 'Somebody took a seat.' },
    PAID: { description: 'Somebody paid for a seat.' },
    LEFT: { description: 'Somebody gave up a seat, or did not pay for it in time.' },
    FORMED: { description: 'The last seat was paid for: the team is formed.' },
    FAILED: { description: 'It expired before it was full.' },
    ABORTED: { description: 'Its opener did not pay.' },
    MERGED: { description: 'Its members went on in another team.' },
  },
});

@ObjectType({ description: 'A team that has changed.' })
export class TeamChange {
  @Field(() => Team, { description: 'The team as it stands now.' })
  team: Team;

  @Field(() => [TeamHappening], {
    description: 'What has happened since one was last told. Empty the first time, which tells how the team stands.',
  })
  happened: TeamHappening[];
}
