import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { type AllotmentId, AllotmentsService, type ProductId, Sku, type SkuId } from '#catalog';
import {
  AuditTrail,
  badInput,
  BusinessTime,
  Config,
  type Decision,
  Idempotency,
  newId,
  orRefuse,
  refuse,
  Transactor,
} from '#common';
import type { StaffId } from '#identity';
import { Offer, type OfferId } from './offer.entity.js';
import { offerAdded, offerChanged, offerFrozen, offerUnfrozen } from './offer.acts.js';
import type { OfferAddInput, OfferChangeInput } from './offer.inputs.js';
import { OfferPrice } from './offer-price.entity.js';
import { factsOf, lockOffer, pricesOf, sharesOf } from './offer-revision.js';
import { mayWork, mistakesIn, type OfferDraft } from './offer.rules.js';
import { OfferSheet } from './offer-sheet.js';
import { OfferChanged, ShareBelowTaken } from './offer-terms.refusals.js';

export interface NewOffer extends OfferDraft, Decision {}

export interface NewTerms extends NewOffer {
  readonly offerId: OfferId;
  /** The revision that whoever decides has looked at. */
  readonly revision: number;
}

/** Team offers and their terms. Each change is kept with who made it and why. */
@Injectable()
export class OffersService {
  constructor(
    private readonly transactor: Transactor,
    private readonly idempotency: Idempotency,
    private readonly businessTime: BusinessTime,
    private readonly config: Config,
    private readonly allotments: AllotmentsService,
    private readonly trail: AuditTrail,
  ) {}

  /** Makes an offer as `add` does, once for each attempt of an operator. */
  addOnce(operatorId: StaffId, input: OfferAddInput): Promise<Offer> {
    const attempt = { actorId: operatorId, key: input.idempotencyKey, input };
    return this.idempotency.once(Offer, attempt, (db, id) => this.add(db, { ...input, by: operatorId }, id));
  }

  /** Changes an offer as `change` does, once for each attempt of an operator. */
  changeOnce(operatorId: StaffId, input: OfferChangeInput): Promise<Offer> {
    const attempt = { actorId: operatorId, key: input.idempotencyKey, input, resultId: input.offerId };
    return this.idempotency.once(Offer, attempt, (db) => this.change(db, { ...input, by: operatorId }));
  }

  /**
   * Makes a team offer with its shares of the stock; as part of the caller's transaction.
   *
   * @throws RequestError that names what makes no sense; Refused with OfferTooShort, OfferTooLong, PriceAboveSingle or ShareTooSmall
   */
  async add(db: EntityManager, { by, reason, ...draft }: NewOffer, id: OfferId = newId('offer')): Promise<Offer> {
    const skus = await this.#judge(db, draft, null);
    const [first] = skus.values();
    assert(first, 'an offer has a SKU');
    const origin = { id, productId: first.productId, kind: 'PLAIN', revision: 1, frozenAt: null } as const;
    const offer = db.create(Offer, { ...origin, ...termsOf(draft) });
    await db.insert(Offer, offer);
    await this.#price(db, offer, draft, skus, new Map());
    await this.trail.record(db, offerAdded, {
      ...{ subject: id, before: {}, after: factsOf(offer, draft.prices) },
      ...{ by, reason },
    });
    return offer;
  }

  /**
   * Gives an offer new terms, all of them, for teams that are opened from now on; as part of the caller's transaction.
   * A SKU's share is one and the same for all teams, and stays as it is for a SKU that is dropped: earlier teams still buy it.
   *
   * @throws RequestError and Refused as `add`; Refused with ShareBelowTaken, or with OfferChanged if somebody else was faster
   */
  async change(db: EntityManager, { offerId, revision, by, reason, ...draft }: NewTerms): Promise<Offer> {
    const before = await lockOffer(db, offerId);
    if (before.revision !== revision) refuse(new OfferChanged(new OfferSheet(before)));
    const skus = await this.#judge(db, draft, before.productId);
    const said = factsOf(before, await pricesOf(db, before));
    const terms = { ...termsOf(draft), revision: revision + 1 };
    await db.update(Offer, { id: offerId }, terms);
    const offer = db.create(Offer, { ...before, ...terms });
    const shares = await sharesOf(db, offerId);
    await this.#price(db, offer, draft, skus, shares);
    await this.trail.record(db, offerChanged, {
      ...{ subject: offerId, before: said, after: factsOf(offer, draft.prices) },
      ...{ by, reason },
    });
    await this.#reallot(db, draft, shares); // Shares are as hot as stock, so they are locked last.
    return offer;
  }

  /**
   * Stops an offer: nobody opens or joins a team of it any more; what is held or paid goes on. Asking again changes nothing.
   *
   * @throws RequestError NOT_FOUND
   */
  freeze(offerId: OfferId, decision: Decision): Promise<Offer> {
    return this.#setFrozen(offerId, decision, true);
  }

  /**
   * Lets a frozen offer go on. Asking again changes nothing.
   *
   * @throws RequestError NOT_FOUND
   */
  unfreeze(offerId: OfferId, decision: Decision): Promise<Offer> {
    return this.#setFrozen(offerId, decision, false);
  }

  #setFrozen(id: OfferId, decision: Decision, isFrozen: boolean): Promise<Offer> {
    return this.transactor.run(async (db) => {
      const before = await lockOffer(db, id);
      if ((before.frozenAt !== null) === isFrozen) return before;
      const frozenAt = isFrozen ? await this.businessTime.read(db) : null;
      await db.update(Offer, { id }, { frozenAt });
      const offer = db.create(Offer, { ...before, frozenAt });
      const prices = await pricesOf(db, offer);
      const states = { before: factsOf(before, prices), after: factsOf(offer, prices) };
      await this.trail.record(db, isFrozen ? offerFrozen : offerUnfrozen, { subject: id, ...states, ...decision });
      return offer;
    });
  }

  /** The SKUs of a draft that makes sense and could work. */
  async #judge(db: EntityManager, draft: OfferDraft, productId: ProductId | null): Promise<Map<SkuId, Sku>> {
    const rows = await db.findBy(Sku, { id: In(draft.prices.map(({ skuId }) => skuId)) });
    const skus = new Map(rows.map((sku) => [sku.id, sku]));
    const mistakes = mistakesIn(draft, skus, productId);
    if (mistakes.length > 0) throw badInput(...mistakes);
    const now = await this.businessTime.read(db);
    orRefuse(mayWork(draft, skus, now, this.config.PAY_WINDOW_SECONDS));
    return skus;
  }

  /** Writes what each SKU costs under the offer's revision; one that the offer has never had gets its share. */
  async #price(
    db: EntityManager,
    { id: offerId, revision }: Offer,
    { prices }: OfferDraft,
    skus: ReadonlyMap<SkuId, Sku>,
    shares: ReadonlyMap<SkuId, AllotmentId>,
  ): Promise<void> {
    const rows: OfferPrice[] = [];
    for (const { skuId, priceMinor, unitsMax } of prices) {
      const allotmentId = shares.get(skuId) ?? (await this.allotments.allot(db, skuId, unitsMax));
      const currency = skus.get(skuId)?.currency;
      rows.push(db.create(OfferPrice, { offerId, revision, skuId, allotmentId, priceMinor, currency }));
    }
    await db.insert(OfferPrice, rows);
  }

  /** Sets the shares that the offer had before to what the draft gives. */
  async #reallot(db: EntityManager, { prices }: OfferDraft, shares: ReadonlyMap<SkuId, AllotmentId>): Promise<void> {
    const limits = prices.flatMap(({ skuId, unitsMax }) => {
      const id = shares.get(skuId);
      return id ? [{ id, unitsMax }] : [];
    });
    const [short] = await this.allotments.reallot(db, limits);
    if (short) refuse(new ShareBelowTaken(short.skuId, short.unitsTaken));
  }
}

function termsOf({ size, ttlSeconds, unitsPerOrder, unitsPerBuyer, startsAt, endsAt }: OfferDraft) {
  return { size, ttlSeconds, unitsPerOrder, unitsPerBuyer, startsAt, endsAt };
}
