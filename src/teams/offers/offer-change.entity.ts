import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn } from '#common';
import type { Actor } from '#identity';
import type { OfferId } from './offer.entity.js';
import { OfferTerms, termsFrom } from './offer-terms.js';

export const OfferChangeKind = { ADDED: 'ADDED', CHANGED: 'CHANGED', FROZEN: 'FROZEN', UNFROZEN: 'UNFROZEN' } as const;
export type OfferChangeKind = keyof typeof OfferChangeKind;
registerEnumType(OfferChangeKind, {
  name: 'OfferChangeKind',
  description: 'What was done to an offer.',
  valuesMap: {
    ADDED: { description: 'It was made.' },
    CHANGED: { description: 'Its terms were changed; earlier teams kept theirs.' },
    FROZEN: { description: 'It was stopped: nobody opens or joins a team of it.' },
    UNFROZEN: { description: 'It goes on.' },
  },
});

/** One change of an offer: who, when, why, and what it says since. The database refuses to change or delete it. */
@ObjectType({ description: 'One change of an offer. What it said before is in the change before.' })
@Entity()
export class OfferChange {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @IdColumn('offer', { primary: false, update: false })
  offerId: OfferId;

  @Field(() => OfferChangeKind, { description: 'What was done.' })
  @Column('varchar')
  kind: OfferChangeKind;

  @Field(() => OfferTerms, { description: 'What the offer says since.' })
  @Column('json', { transformer: { to: (terms: unknown) => terms, from: termsFrom } })
  terms: OfferTerms;

  @Field(() => String, { description: 'The operator’s id, or the name of the command that was run on the server.' })
  @Column('varchar')
  changedBy: Actor;

  @Field(() => String, { description: 'Why.' })
  @Column('varchar')
  reason: string;

  @Field(() => Date, { description: 'When.' })
  @CreateDateColumn({ type: 'datetime', precision: 3 })
  changedAt: Date;
}
