import { Int, ResolveField, Resolver } from '@nestjs/graphql';
import { ClientConfig } from '#common';
import { SIZE_MAX, SIZE_MIN, TTL_SECONDS_MAX } from './offer.limits.js';

@Resolver(() => ClientConfig)
export class TeamsClientConfigResolver {
  @ResolveField(() => Int, { description: 'How many buyers the smallest team has.' })
  teamSizeMin(): number {
    return SIZE_MIN;
  }

  @ResolveField(() => Int, { description: 'How many buyers the largest team has.' })
  teamSizeMax(): number {
    return SIZE_MAX;
  }

  @ResolveField(() => Int, { description: 'How long a team may take to fill at most, in seconds.' })
  teamTtlSecondsMax(): number {
    return TTL_SECONDS_MAX;
  }
}
