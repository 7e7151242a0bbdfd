import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Team } from '../team.entity.js';

/** A team as its page shows it at one instant. */
@ObjectType({ description: 'All that the page of a team shows.' })
export class TeamPage {
  @Field(() => Team, { description: 'The team itself.' })
  readonly team: Team;

  @Field(() => Date, { description: 'The shop’s time now: what countdowns count from.' })
  readonly serverTime: Date;

  constructor(team: Team, serverTime: Date) {
    this.team = team;
    this.serverTime = serverTime;
  }

  @Field(() => Int, {
    nullable: true,
    description: 'How many seconds are left to fill it, rounded down, 0 once they are over; null if it is not forming.',
  })
  get secondsLeft(): number | null {
    const { status, expiresAt } = this.team;
    if (status !== 'FORMING' || expiresAt === null) return null;
    return Math.max(0, Math.floor((expiresAt.getTime() - this.serverTime.getTime()) / 1_000));
  }

  @Field(() => Int, { description: 'How many seats nobody holds or has paid for.' })
  get seatsLeft(): number {
    return this.team.size - this.team.seatsLive;
  }
}
