import { Module } from '@nestjs/common';
import { CatalogModule } from '#catalog';
import { IdentityModule } from '#identity';
import { OrdersModule } from '#orders';
import { OffersResolver, ProductOffersResolver } from './offers.resolver.js';
import { OffersService } from './offers.service.js';
import { SeatingService } from './seating.service.js';
import { TeamPagesService } from './team-pages.service.js';
import { OrderSeatResolver, SeatResolver, TeamsResolver } from './teams.resolver.js';
import { TeamsService } from './teams.service.js';
import { TeamsWorker } from './teams.worker.js';

/** Team Purchase: opening a team, taking seats, filling it or letting it expire. */
@Module({
  imports: [IdentityModule, CatalogModule, OrdersModule],
  providers: [
    OffersService,
    SeatingService,
    TeamsService,
    TeamPagesService,
    TeamsResolver,
    SeatResolver,
    OrderSeatResolver,
    OffersResolver,
    ProductOffersResolver,
    TeamsWorker,
  ],
  exports: [OffersService, SeatingService, TeamsService],
})
export class TeamsModule {}
