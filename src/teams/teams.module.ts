import { Module } from '@nestjs/common';
import { CatalogModule } from '#catalog';
import { IdentityModule } from '#identity';
import { OrdersModule } from '#orders';
import { SharingModule } from '#sharing';
import { BuyerFileSeatsResolver } from './buyer-file.fields.resolver.js';
import { FormingService } from './forming.service.js';
import { LeavingService } from './leaving.service.js';
import { TeamsClientConfigResolver } from './offers/client-config.resolver.js';
import { OfferSheetsService } from './offers/offer-sheets.service.js';
import { OfferSheetsResolver, OfferTermsPriceResolver } from './offers/offers.operators.resolver.js';
import { OffersResolver, ProductOffersResolver, TeamPriceResolver } from './offers/offers.resolver.js';
import { OffersService } from './offers/offers.service.js';
import { SeatingService } from './seating.service.js';
import { TeamChangesResolver } from './watching/team-changes.resolver.js';
import { TeamPagesService } from './pages/team-pages.service.js';
import { OrderSeatResolver, SeatResolver } from './seats.resolver.js';
import { TeamShareCardResolver } from './pages/team-share-card.resolver.js';
import { TeamShareTarget } from './pages/team.share-target.js';
import { TeamFieldsResolver, TeamMemberResolver, TeamPageResolver } from './pages/team.fields.resolver.js';
import { TeamWatch } from './watching/team-watch.js';
import { TeamsPersonalData } from './teams.personal-data.js';
import { TeamsResolver } from './teams.resolver.js';
import { TeamsService } from './teams.service.js';
import { TeamsWorker } from './teams.worker.js';

/** Team Purchase: opening a team, taking seats, filling it or letting it expire. */
@Module({
  imports: [IdentityModule, CatalogModule, OrdersModule, SharingModule],
  providers: [
    OffersService,
    OfferSheetsService,
    SeatingService,
    LeavingService,
    FormingService,
    TeamsService,
    TeamPagesService,
    TeamWatch,
    TeamChangesResolver,
    TeamsResolver,
    TeamFieldsResolver,
    TeamMemberResolver,
    TeamPageResolver,
    TeamShareTarget,
    TeamShareCardResolver,
    SeatResolver,
    OrderSeatResolver,
    BuyerFileSeatsResolver,
    OffersResolver,
    OfferSheetsResolver,
    OfferTermsPriceResolver,
    ProductOffersResolver,
    TeamPriceResolver,
    TeamsClientConfigResolver,
    TeamsPersonalData,
    TeamsWorker,
  ],
  exports: [OffersService, OfferSheetsService, SeatingService, LeavingService, FormingService, TeamsService],
})
export class TeamsModule {}
