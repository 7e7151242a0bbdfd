import { ApplyingService } from './applying.service.js';
import { CheckingService } from './checking.service.js';
import { EndingService } from './ending.service.js';
import { ExportingService } from './exporting.service.js';
import { CatalogueExportsController } from './exports.controller.js';
import { ImportWriter } from './import-writer.js';
import { ImportsController } from './imports.controller.js';
import { ImportMistakesResolver, ImportsResolver } from './imports.resolver.js';
import { ImportsService } from './imports.service.js';
import { ImportsWorker } from './imports.worker.js';
import { MakingService } from './making.service.js';
import { StagingService } from './staging.service.js';

/** What the module of the catalogue provides for files of products. */
export const IMPORTING = [
  ...[StagingService, CheckingService, MakingService, ApplyingService, ImportWriter, ImportsService, EndingService],
  ...[ExportingService, ImportsResolver, ImportMistakesResolver, ImportsWorker],
];
export const IMPORTING_DOORS = [ImportsController, CatalogueExportsController];
