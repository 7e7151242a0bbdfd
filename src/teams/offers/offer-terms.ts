import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { SkuId } from '#catalog';
import { Minor } from '#common';
import { TeamKindName } from '../kinds/team-kind-name.js';
import type { Offer } from './offer.entity.js';

@ObjectType({ description: 'What teams pay for a SKU under some terms, and how much of it they may take in all.' })
export class OfferTermsPrice {
  skuId: SkuId;

  @Field(() => Minor, { description: 'The team price of a unit, in minor units.' })
  priceMinor: number;

  @Field(() => Int, { description: 'How many units of the SKU’s stock teams may take in all.' })
  unitsMax: number;
}

@ObjectType({ description: 'The terms of an offer as a change left them.' })
export class OfferTerms implements Omit<Offer, 'id' | 'productId'> {
  @Field(() => TeamKindName, { description: 'By which rules teams played.' })
  kind: TeamKindName;

  @Field(() => Int, { description: 'Which version of the terms; counts from 1.' })
  revision: number;

  @Field(() => Int, { description: 'How many buyers made a team.' })
  size: number;

  @Field(() => Int, { description: 'How long a team might take to fill, in seconds.' })
  ttlSeconds: number;

  @Field(() => Int, { description: 'How many units one order might have.' })
  unitsPerOrder: number;

  @Field(() => Int, { description: 'How many units one buyer might have.' })
  unitsPerBuyer: number;

  @Field(() => Date, { description: 'When teams could first be opened.' })
  startsAt: Date;

  @Field(() => Date, { description: 'When no team could be opened any more.' })
  endsAt: Date;

  @Field(() => Date, { nullable: true, description: 'Since when it was frozen; null if it was not.' })
  frozenAt: Date | null;

  @Field(() => [OfferTermsPrice], { description: 'What each SKU cost.' })
  prices: readonly OfferTermsPrice[];
}

/** Terms as JSON keeps them: instants are texts. */
type StoredTerms = Omit<OfferTerms, 'startsAt' | 'endsAt' | 'frozenAt'> & {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly frozenAt: string | null;
};

/** What makes terms of stored JSON again. */
export function termsFrom(json: string): OfferTerms {
  const { startsAt, endsAt, frozenAt, ...rest } = JSON.parse(json) as StoredTerms;
  return {
    ...rest,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
    frozenAt: frozenAt === null ? null : new Date(frozenAt),
  };
}
