import { Injectable } from '@nestjs/common';
import { registerEnumType } from '@nestjs/graphql';
import { DataSource, type FindOptionsWhere, IsNull, LessThan, LessThanOrEqual, MoreThan, Not } from 'typeorm';
import { AuditService } from '#audit';
import { BusinessTime, decodeIdCursor, type Page, type PageArgs, pageOf } from '#common';
import { Offer, type OfferId } from './offer.entity.js';
import { OfferChange } from './offer-change.js';
import { OfferSheet } from './offer-sheet.js';

export const OfferStanding = { OPEN: 'OPEN', TO_COME: 'TO_COME', OVER: 'OVER', FROZEN: 'FROZEN' } as const;
export type OfferStanding = keyof typeof OfferStanding;
registerEnumType(OfferStanding, {
  name: 'OfferStanding',
  description: 'Where an offer stands now: each is one of these.',
  valuesMap: {
    OPEN: { description: 'Teams can be opened.' },
    TO_COME: { description: 'It has not started.' },
    OVER: { description: 'It has ended.' },
    FROZEN: { description: 'It is stopped and has not ended.' },
  },
});

const STANDING_AT: Readonly<Record<OfferStanding, (now: Date) => FindOptionsWhere<Offer>>> = {
  OPEN: (now) => ({ startsAt: LessThanOrEqual(now), endsAt: MoreThan(now), frozenAt: IsNull() }),
  TO_COME: (now) => ({ startsAt: MoreThan(now), frozenAt: IsNull() }),
  OVER: (now) => ({ endsAt: LessThanOrEqual(now) }),
  FROZEN: (now) => ({ endsAt: MoreThan(now), frozenAt: Not(IsNull()) }),
};

/** What operators look at before they decide about offers. */
@Injectable()
export class OfferSheetsService {
  constructor(
    private readonly source: DataSource,
    private readonly businessTime: BusinessTime,
    private readonly audit: AuditService,
  ) {}

  async sheet(id: OfferId): Promise<OfferSheet | null> {
    const offer = await this.source.manager.findOneBy(Offer, { id });
    return offer && new OfferSheet(offer);
  }

  /** Offers of the shop, newest first; only those that stand so, if asked. */
  async page(standing: OfferStanding | null, { first, after }: PageArgs): Promise<Page<OfferSheet>> {
    const last = decodeIdCursor(after, 'offer');
    const db = this.source.manager;
    const offers = await db.find(Offer, {
      where: {
        ...(standing ? STANDING_AT[standing](await this.businessTime.read(db)) : {}),
        ...(last ? { id: LessThan(last) } : {}),
      },
      order: { id: 'DESC' },
      take: first + 1,
    });
    const sheets = offers.map((offer) => new OfferSheet(offer));
    return pageOf(sheets, first, ({ offer }) => [offer.id]);
  }

  /** What was done to an offer, newest first. */
  async changes(offerId: OfferId, page: PageArgs): Promise<Page<OfferChange>> {
    const { edges, pageInfo } = await this.audit.page({ subject: offerId }, page);
    return { edges: edges.map(({ node, cursor }) => ({ node: new OfferChange(node), cursor })), pageInfo };
  }
}
