import { UseInterceptors } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type ApiContext, RefusalsAsResults } from '#common';
import { Allow, CurrentViewer, type Viewer } from '#identity';
import { ConsentGiveInput, ConsentWithdrawInput } from './consent.inputs.js';
import { ConsentGiveResult, ConsentWithdrawResult } from './consent.refusals.js';
import { ConsentsService } from './consents.service.js';
import { PrivacyConsent } from './privacy-consent.js';

@Resolver(() => PrivacyConsent)
@UseInterceptors(RefusalsAsResults)
export class ConsentsResolver {
  constructor(private readonly consents: ConsentsService) {}

  @Allow('BUYER')
  @Query(() => [PrivacyConsent], {
    description:
      'For what the shop processes one’s data, and to what one has agreed. Nothing is given until it is given.',
  })
  privacyConsents(
    @CurrentViewer() { id: userId }: Viewer,
    @Context() { language }: ApiContext,
  ): Promise<PrivacyConsent[]> {
    return this.consents.all({ userId, language });
  }

  @Allow('BUYER')
  @Mutation(() => ConsentGiveResult, {
    description:
      'Agree to one purpose, by the text that was shown in the language of this request. Repeating it changes nothing.',
  })
  consentGive(
    @CurrentViewer() { id: userId }: Viewer,
    @Context() { language }: ApiContext,
    @Args('input', { description: 'To what.' }) input: ConsentGiveInput,
  ): Promise<PrivacyConsent> {
    return this.consents.give({ userId, language }, input);
  }

  @Allow('BUYER')
  @Mutation(() => ConsentWithdrawResult, {
    description:
      'Agree to a purpose no longer, at once: what was held for it alone is deleted. Repeating it changes nothing.',
  })
  consentWithdraw(
    @CurrentViewer() { id: userId }: Viewer,
    @Context() { language }: ApiContext,
    @Args('input', { description: 'To what.' }) { purpose }: ConsentWithdrawInput,
  ): Promise<PrivacyConsent> {
    return this.consents.withdraw({ userId, language }, purpose);
  }
}
