import { Int, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { businessNow, ClientConfig, Config, type Load, Loader } from '#common';
import { ADDRESSES_MAX } from './contact/address.rules.js';
import { NICKNAME_CHARACTERS_MAX } from './name.rules.js';
import { Allow } from './viewer.js';

/** `common` owns the type and has no doors; this is the first module that can say who may ask. */
@Resolver(() => ClientConfig)
export class ClientConfigResolver {
  readonly #answer: ClientConfig;

  constructor(config: Config) {
    this.#answer = new ClientConfig(config);
  }

  @Allow('ANYONE')
  @Query(() => ClientConfig, { description: 'What a mini-program must know to start; ask once and keep it for a day.' })
  clientConfig(): ClientConfig {
    return this.#answer;
  }

  @ResolveField(() => Date, { description: 'The shop’s time now: what countdowns count from.' })
  serverTime(@Loader(businessNow) read: Load<'now', Date>): Promise<Date> {
    return read('now');
  }

  @ResolveField(() => Int, { description: 'How many characters a nickname may have, as people count them.' })
  nicknameCharactersMax(): number {
    return NICKNAME_CHARACTERS_MAX;
  }

  @ResolveField(() => Int, { description: 'How many addresses one may keep.' })
  addressesMax(): number {
    return ADDRESSES_MAX;
  }
}
