import assert from 'node:assert/strict';
import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { AuditEntry } from '#audit';
import type { Actor } from '#common';
import { offerAdded, offerChanged, offerFrozen, offerUnfrozen } from './offer.acts.js';
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

const KIND_OF_ACT = new Map<string, OfferChangeKind>([
  [offerAdded.name, 'ADDED'],
  [offerChanged.name, 'CHANGED'],
  [offerFrozen.name, 'FROZEN'],
  [offerUnfrozen.name, 'UNFROZEN'],
]);

/** What the audit trail says of an offer, as operators of offers read it. */
@ObjectType({ description: 'One change of an offer. What it said before is in the change before.' })
export class OfferChange {
  @Field(() => OfferChangeKind, { description: 'What was done.' })
  readonly kind: OfferChangeKind;

  @Field(() => OfferTerms, { description: 'What the offer says since.' })
  readonly terms: OfferTerms;

  @Field(() => String, { description: 'The operator’s id, or the name of the command that was run on the server.' })
  readonly changedBy: Actor;

  @Field(() => String, { description: 'Why.' })
  readonly reason: string;

  @Field(() => Date, { description: 'When.' })
  readonly changedAt: Date;

  constructor({ kind, after, actor, reason, actedAt }: AuditEntry) {
    const change = KIND_OF_ACT.get(kind);
    assert(change, `${kind} is not a change of an offer`);
    this.kind = change;
    this.terms = termsFrom(after);
    this.changedBy = actor;
    this.reason = reason;
    this.changedAt = actedAt;
  }
}
