import { type DynamicModule, Module } from '@nestjs/common';
import { Consents, Looks } from '#common';
import { IdentityModule } from '#identity';
import { BlockedNamesResolver } from './blocked-names.resolver.js';
import { BuyerFilesResolver } from './buyer-files.resolver.js';
import { ConsentsResolver } from './consents.resolver.js';
import { ConsentsService } from './consents.service.js';
import { ErasureResolver } from './erasure.resolver.js';
import { ErasureService } from './erasure.service.js';
import { ExportsController } from './exports.controller.js';
import { ExportsService } from './exports.service.js';
import { LooksService } from './looks.service.js';
import { PersonalDataResolver } from './personal-data.resolver.js';
import { PersonalDataService } from './personal-data.service.js';
import { PrivacyPersonalData } from './privacy.personal-data.js';
import { PrivacyWorker } from './privacy.worker.js';
import { type Retention, RETENTION_LIST } from './retention.js';
import { RetentionService } from './retention.service.js';

/** What people may ask of a shop that knows something about them: consents, an account of it, a copy, its end. Global, because `identity` asks for consents and tells of looks too. */
@Module({})
export class PrivacyModule {
  /** @param retention what all modules keep, and how long */
  static with(retention: readonly Retention[]): DynamicModule {
    return {
      module: PrivacyModule,
      global: true,
      imports: [IdentityModule],
      controllers: [ExportsController],
      providers: [
        { provide: RETENTION_LIST, useValue: retention },
        { provide: Consents, useExisting: ConsentsService },
        { provide: Looks, useExisting: LooksService },
        ...[ConsentsService, LooksService, PersonalDataService, ExportsService, ErasureService, RetentionService],
        ...[ConsentsResolver, BlockedNamesResolver, PersonalDataResolver, ErasureResolver, BuyerFilesResolver],
        ...[PrivacyPersonalData, PrivacyWorker],
      ],
      exports: [Consents, ConsentsService, Looks],
    };
  }
}
