import { type DynamicModule, Module } from '@nestjs/common';
import { BusinessTime, businessTimeBy, MachineClock } from './clock.js';
import { Config } from './config.js';
import { Idempotency } from './idempotency.js';
import { Metrics } from './metrics.js';
import { PersonalDataHolders } from './personal-data.js';
import { Transactor } from './transactor.js';
import { Vault } from './vault.js';

/** What every module uses: configuration, the clocks, transactions, idempotency, the vault. */
@Module({})
export class CommonModule {
  static with(config: Config): DynamicModule {
    return {
      module: CommonModule,
      global: true,
      providers: [
        { provide: Config, useValue: config },
        { provide: BusinessTime, useClass: businessTimeBy(config.BUSINESS_CLOCK) },
        { provide: Vault, useFactory: () => new Vault(config) },
        MachineClock,
        Transactor,
        Idempotency,
        Metrics,
        PersonalDataHolders,
      ],
      exports: [Config, BusinessTime, MachineClock, Transactor, Idempotency, Metrics, Vault, PersonalDataHolders],
    };
  }
}
