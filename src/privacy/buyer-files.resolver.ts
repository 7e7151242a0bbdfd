import { Args, Context, ID, Info, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { type ApiContext, IdPipe, type Load, Loader } from '#common';
import { Allow, PeopleService, type UserId } from '#identity';
import { BuyerFile } from './buyer-file.js';
import { ConsentsService } from './consents.service.js';
import { lookKey, type LookKey, noteLook } from './look.loaders.js';
import { PrivacyConsent } from './privacy-consent.js';

/** Modules that know more of a buyer add their fields. */
@Resolver(() => BuyerFile)
export class BuyerFilesResolver {
  constructor(
    private readonly people: PeopleService,
    private readonly agreed: ConsentsService,
  ) {}

  @Allow('SUPPORT')
  @Query(() => BuyerFile, { description: 'All there is of one buyer, in one query. For SUPPORT.' })
  async buyerFile(
    @Args('buyerId', { type: () => ID, description: 'Whose file.' }, new IdPipe('user')) buyerId: UserId,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<BuyerFile> {
    const buyer = await this.people.person(buyerId, 'buyerId');
    await note(lookKey(info, 'ACCOUNT', buyerId));
    return new BuyerFile(buyer);
  }

  @ResolveField(() => [PrivacyConsent], { description: 'To what the buyer has agreed.' })
  async consents(
    @Parent() { buyer }: BuyerFile,
    @Context() { language }: ApiContext,
    @Loader(noteLook) note: Load<LookKey, null>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PrivacyConsent[]> {
    await note(lookKey(info, 'CONSENTS', buyer.id));
    return this.agreed.all({ userId: buyer.id, language });
  }
}
