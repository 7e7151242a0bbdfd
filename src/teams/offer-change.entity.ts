import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn } from '#common';
import type { Actor } from '#identity';
import type { Offer, OfferId } from './offer.entity.js';
import type { OfferPrice } from './offer-price.entity.js';

export type OfferChangeKind = 'ADDED' | 'CHANGED' | 'FROZEN' | 'UNFROZEN';

/** An offer as a change left it; what it was before is in the change before. */
export interface OfferTerms extends Omit<Offer, 'id' | 'productId'> {
  readonly prices: readonly (Pick<OfferPrice, 'skuId' | 'priceMinor'> & { readonly unitsMax: number })[];
}

/** One change of an offer: who, when, why, and what it says since. The database refuses to change or delete it. */
@Entity()
export class OfferChange {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @IdColumn('offer', { primary: false, update: false })
  offerId: OfferId;

  @Column('varchar')
  kind: OfferChangeKind;

  @Column('json')
  terms: OfferTerms;

  @Column('varchar')
  changedBy: Actor;

  @Column('varchar')
  reason: string;

  @CreateDateColumn({ type: 'datetime', precision: 3 })
  changedAt: Date;
}
