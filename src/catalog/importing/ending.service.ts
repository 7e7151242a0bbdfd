import { Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import { MachineClock, secondsAfter, tryMove } from '#common';
import { deleteOld, sweep, SWEEP_PAGE } from '#jobs';
import { CatalogImport } from './catalog-import.entity.js';
import { ENDED_LINES_KEPT_DAYS, READY_KEPT_DAYS, STAGING_HOURS_MAX } from './import.limits.js';
import { catalogImportLife } from './import.rules.js';

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;

/** Ends imports that nobody goes on with, and forgets what files said a while after they have ended. */
@Injectable()
export class EndingService {
  constructor(
    private readonly source: DataSource,
    private readonly machine: MachineClock,
  ) {}

  async end(): Promise<void> {
    const now = this.machine.now();
    await this.#cancel('STAGING', secondsAfter(now, -STAGING_HOURS_MAX * HOUR_SECONDS));
    await this.#cancel('READY', secondsAfter(now, -READY_KEPT_DAYS * DAY_SECONDS));
    await this.#forget(secondsAfter(now, -ENDED_LINES_KEPT_DAYS * DAY_SECONDS));
  }

  async #cancel(status: 'STAGING' | 'READY', before: Date): Promise<void> {
    const db = this.source.manager;
    const left = { where: { status, startedAt: LessThan(before) }, take: SWEEP_PAGE };
    await sweep<CatalogImport>(
      () => db.find(CatalogImport, left),
      (each) => tryMove(db, CatalogImport, catalogImportLife, each, 'CANCELLED', { endedAt: this.machine.now() }),
    );
  }

  async #forget(before: Date): Promise<void> {
    const ended = await this.source.query<{ readonly id: Buffer }[]>(
      `SELECT id FROM catalog_import WHERE ended_at < ?
         AND (EXISTS (SELECT 1 FROM catalog_import_line WHERE import_id = id)
           OR EXISTS (SELECT 1 FROM catalog_import_mistake WHERE import_id = id))`,
      [before],
    );
    for (const { id } of ended) {
      await deleteOld(this.source, 'catalog_import_line WHERE import_id = ?', [id]);
      await deleteOld(this.source, 'catalog_import_mistake WHERE import_id = ?', [id]);
    }
  }
}
