import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Allotment } from '#catalog';
import { Offer } from './offer.entity.js';
import { OfferPrice } from './offer-price.entity.js';

@ObjectType({ description: 'What an offer gives of a SKU’s stock, as operators see it.' })
export class OfferShare {
  @Field(() => OfferPrice, { description: 'The SKU and its team price.' })
  readonly price: OfferPrice;

  @Field(() => Int, { description: 'How many units of its stock the offer’s teams may take in all.' })
  readonly unitsMax: number;

  @Field(() => Int, { description: 'How many of them are held or sold.' })
  readonly unitsTaken: number;

  constructor(price: OfferPrice, { unitsMax, unitsTaken }: Pick<Allotment, 'unitsMax' | 'unitsTaken'>) {
    this.price = price;
    this.unitsMax = unitsMax;
    this.unitsTaken = unitsTaken;
  }
}

@ObjectType({ description: 'An offer as operators see it.' })
export class OfferSheet {
  @Field(() => Int, { description: 'Which version of the terms holds now: who changes them names the one looked at.' })
  readonly revision: number;

  @Field(() => Offer, { description: 'What buyers see of it.' })
  readonly offer: Offer;

  constructor(offer: Offer) {
    this.offer = offer;
    this.revision = offer.revision;
  }
}
