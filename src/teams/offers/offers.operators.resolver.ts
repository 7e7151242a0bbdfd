import assert from 'node:assert/strict';
import { UseInterceptors } from '@nestjs/common';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Allotment, allotmentById, type AllotmentId, Sku, skuById, type SkuId } from '#catalog';
import { connectionOf, IdPipe, type Load, Loader, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import type { OfferId } from './offer.entity.js';
import { OfferChange } from './offer-change.js';
import { OfferAddInput, OfferChangeInput, OfferDecisionInput } from './offer.inputs.js';
import type { OfferPrice } from './offer-price.entity.js';
import { OfferShare, OfferSheet } from './offer-sheet.js';
import { OfferSheetsService, OfferStanding } from './offer-sheets.service.js';
import { OfferAddResult, OfferChangeResult } from './offer-terms.refusals.js';
import { OfferTermsPrice } from './offer-terms.js';
import { OffersService } from './offers.service.js';
import { pricesOfRevision, type RevisionKey } from '../team.loaders.js';

const OfferSheetConnection = connectionOf(OfferSheet);
const OfferChangeConnection = connectionOf(OfferChange);

/** The operators' door to offers. */
@Resolver(() => OfferSheet)
@UseInterceptors(RefusalsAsResults)
export class OfferSheetsResolver {
  constructor(
    private readonly offers: OffersService,
    private readonly sheets: OfferSheetsService,
  ) {}

  @Allow('CATALOG')
  @Query(() => OfferSheet, {
    nullable: true,
    description: 'One offer as operators see it; null if there is none with this id. For CATALOG.',
  })
  offerSheet(
    @Args('id', { type: () => ID, description: 'The offer’s id.' }, new IdPipe('offer')) id: OfferId,
  ): Promise<OfferSheet | null> {
    return this.sheets.sheet(id);
  }

  @Allow('CATALOG')
  @Query(() => OfferSheetConnection, { description: 'The shop’s offers, newest first. For CATALOG.' })
  offerSheets(
    @Args() page: PageArgs,
    @Args('standing', { type: () => OfferStanding, nullable: true, description: 'Only those that stand so now.' })
    standing?: OfferStanding | null,
  ): Promise<Page<OfferSheet>> {
    return this.sheets.page(standing ?? null, page);
  }

  @Allow('CATALOG')
  @Query(() => OfferChangeConnection, {
    description: 'What was done to an offer, newest first: who, when and why. For CATALOG.',
  })
  offerChanges(
    @Args('offerId', { type: () => ID, description: 'Which offer.' }, new IdPipe('offer')) offerId: OfferId,
    @Args() page: PageArgs,
  ): Promise<Page<OfferChange>> {
    return this.sheets.changes(offerId, page);
  }

  @Allow('CATALOG')
  @Mutation(() => OfferAddResult, { description: 'Make an offer. For CATALOG.' })
  async offerAdd(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Its terms, and why.' }) input: OfferAddInput,
  ): Promise<OfferSheet> {
    return new OfferSheet(await this.offers.addOnce(staff.id, input));
  }

  @Allow('CATALOG')
  @Mutation(() => OfferChangeResult, {
    description: 'Give an offer new terms, all of them. They concern teams that are opened from now on. For CATALOG.',
  })
  async offerChange(
    @CurrentStaff() staff: StaffViewer,
    @Args('input', { description: 'Which offer, its new terms, and why.' }) input: OfferChangeInput,
  ): Promise<OfferSheet> {
    return new OfferSheet(await this.offers.changeOnce(staff.id, input));
  }

  @Allow('CATALOG')
  @Mutation(() => OfferSheet, {
    description:
      'Stop an offer: nobody opens or joins a team of it. What is held can be paid, and teams that are paid form. For CATALOG.',
  })
  async offerFreeze(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which offer, and why.' }) { offerId, reason }: OfferDecisionInput,
  ): Promise<OfferSheet> {
    return new OfferSheet(await this.offers.freeze(offerId, { by, reason }));
  }

  @Allow('CATALOG')
  @Mutation(() => OfferSheet, { description: 'Let a frozen offer go on. For CATALOG.' })
  async offerUnfreeze(
    @CurrentStaff() { id: by }: StaffViewer,
    @Args('input', { description: 'Which offer, and why.' }) { offerId, reason }: OfferDecisionInput,
  ): Promise<OfferSheet> {
    return new OfferSheet(await this.offers.unfreeze(offerId, { by, reason }));
  }

  @ResolveField(() => [OfferShare], { description: 'What each SKU costs, and how much of its stock teams may take.' })
  async shares(
    @Parent() { offer: { id, revision } }: OfferSheet,
    @Loader(pricesOfRevision) pricesOf: Load<RevisionKey, OfferPrice[]>,
    @Loader(allotmentById) allotmentOf: Load<AllotmentId, Allotment | null>,
  ): Promise<OfferShare[]> {
    const prices = await pricesOf(`${id}@${revision}`);
    return Promise.all(
      prices.map(async (price) => {
        const allotment = await allotmentOf(price.allotmentId);
        assert(allotment, `${price.allotmentId} of ${id} is missing`);
        return new OfferShare(price, allotment);
      }),
    );
  }
}

@Resolver(() => OfferTermsPrice)
export class OfferTermsPriceResolver {
  @ResolveField(() => Sku, { description: 'Which SKU.' })
  sku(@Parent() { skuId }: OfferTermsPrice, @Loader(skuById) load: Load<SkuId, Sku>): Promise<Sku> {
    return load(skuId);
  }
}
