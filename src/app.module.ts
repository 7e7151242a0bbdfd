import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AfterSaleModule } from '#after-sale';
import { ApiModule } from '#api';
import { AuditModule } from '#audit';
import { CatalogModule } from '#catalog';
import { CommonModule, type Config } from '#common';
import { FulfilmentModule } from '#fulfilment';
import { IdentityModule } from '#identity';
import { InvariantsModule } from '#invariants';
import { InvoicesModule } from '#invoices';
import { JobsModule } from '#jobs';
import { LedgerModule } from '#ledger';
import { MediaModule } from '#media';
import { NotificationsModule } from '#notifications';
import { OrdersModule } from '#orders';
import { PaymentsModule } from '#payments';
import { PayoutsModule } from '#payouts';
import { PrivacyModule } from '#privacy';
import { RecallsModule } from '#recalls';
import { ReconciliationModule } from '#reconciliation';
import { SharingModule } from '#sharing';
import { TeamsModule } from '#teams';
import { WechatModule, WechatPushModule } from '#wechat';
import { type DatabaseExtras, databaseOptions, openDatabase } from './database.js';
import { RETENTION } from './retention.js';

/** Everything wired together; both processes run it. */
@Module({})
export class AppModule {
  static with(config: Config, extras: DatabaseExtras = {}): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CommonModule.with(config),
        TypeOrmModule.forRootAsync({
          useFactory: () => databaseOptions(config, extras),
          dataSourceFactory: () => openDatabase(config, extras),
        }),
        JobsModule,
        WechatModule,
        WechatPushModule,
        IdentityModule,
        AuditModule,
        PrivacyModule.with(RETENTION),
        MediaModule,
        LedgerModule,
        SharingModule,
        CatalogModule,
        PaymentsModule,
        ReconciliationModule,
        OrdersModule,
        TeamsModule,
        FulfilmentModule,
        AfterSaleModule,
        RecallsModule,
        InvoicesModule,
        PayoutsModule,
        NotificationsModule,
        InvariantsModule,
        ApiModule,
      ],
    };
  }
}
