import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type ApiContext, type Page, PageArgs } from '#common';
import { Allow, CurrentViewer, type Viewer } from '#identity';
import { type Look, LookConnection } from './look.entity.js';
import { LooksService } from './looks.service.js';
import { PersonalDataAccount } from './personal-data-account.js';
import { PersonalDataService } from './personal-data.service.js';

@Resolver(() => PersonalDataAccount)
export class PersonalDataResolver {
  constructor(
    private readonly service: PersonalDataService,
    private readonly looksAtPeople: LooksService,
  ) {}

  @Allow('BUYER')
  @Query(() => PersonalDataAccount, {
    description:
      'What the shop holds of oneself: for what, on which basis, how long, how much, and who has looked at it.',
  })
  personalData(@CurrentViewer() { id }: Viewer, @Context() { language }: ApiContext): Promise<PersonalDataAccount> {
    return this.service.account(id, language);
  }

  @ResolveField(() => LookConnection, { description: 'Who has looked at it, newest first.' })
  looks(@Parent() { userId }: PersonalDataAccount, @Args() page: PageArgs): Promise<Page<Look>> {
    return this.looksAtPeople.of(userId, page);
  }
}
