import { Field, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AllotmentId, SkuId } from '#catalog';
import { type Currency, IdColumn, Minor, MinorColumn } from '#common';
import type { OfferId } from './offer.entity.js';

/** What teams pay for a SKU under one revision of an offer's terms. The database refuses to change or delete it. */
@ObjectType('TeamPrice', { description: 'What a team pays for a SKU.' })
@Entity()
export class OfferPrice {
  @IdColumn('offer')
  offerId: OfferId;

  @PrimaryColumn('int')
  revision: number;

  @IdColumn('sku')
  skuId: SkuId;

  /** The share of the SKU's stock that the offer's teams may take; the same in every revision. */
  @IdColumn('allotment', { primary: false, update: false })
  allotmentId: AllotmentId;

  @Field(() => Minor, { description: 'The team price of a unit, in minor units.' })
  @MinorColumn({ update: false })
  priceMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the price’s currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;
}
