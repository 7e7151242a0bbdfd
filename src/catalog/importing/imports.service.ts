import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, LessThan } from 'typeorm';
import {
  AuditTrail,
  type Decision,
  decodeCursor,
  decodeIdCursor,
  Idempotency,
  MachineClock,
  move,
  type Page,
  type PageArgs,
  pageOf,
  refuse,
  Transactor,
} from '#common';
import type { StaffId } from '#identity';
import { Jobs } from '#jobs';
import { CatalogImport, type CatalogImportId } from './catalog-import.entity.js';
import { importApplied, importCancelled } from './import.acts.js';
import type { CatalogImportApplyInput } from './import.inputs.js';
import { applyImport } from './import.jobs.js';
import { lockImport } from './import.queries.js';
import { CatalogImportNotReady } from './import.refusals.js';
import { catalogImportLife } from './import.rules.js';
import type { ImportMistake } from './import-mistake.js';
import { keyOfMistake, MISTAKE_KEY, mistakesAfter } from './mistakes.queries.js';

/** Imports as the staff see them, and what they decide about them. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly idempotency: Idempotency,
    private readonly machine: MachineClock,
    private readonly trail: AuditTrail,
    private readonly jobs: Jobs,
  ) {}

  /** All imports, newest first. */
  async page({ first, after }: PageArgs): Promise<Page<CatalogImport>> {
    const last = decodeIdCursor(after, 'catalog_import');
    const where = last ? { id: LessThan(last) } : {};
    const rows = await this.source.manager.find(CatalogImport, { where, order: { id: 'DESC' }, take: first + 1 });
    return pageOf(rows, first, ({ id }) => [id]);
  }

  one(id: CatalogImportId): Promise<CatalogImport | null> {
    return this.source.manager.findOneBy(CatalogImport, { id });
  }

  /** What is wrong with an import, in the order of its file. */
  async mistakes(id: CatalogImportId, { first, after }: PageArgs): Promise<Page<ImportMistake>> {
    const last = decodeCursor(after, MISTAKE_KEY);
    return pageOf(await mistakesAfter(this.source.manager, id, last, first + 1), first, keyOfMistake);
  }

  /**
   * Has an import applied that has no mistake, once for each attempt of an operator.
   *
   * @throws RequestError NOT_FOUND; Refused with CatalogImportNotReady
   */
  applyOnce(by: StaffId, input: CatalogImportApplyInput): Promise<CatalogImport> {
    const { importId, reason, idempotencyKey: key } = input;
    const attempt = { actorId: by, key, input, resultId: importId };
    return this.idempotency.once(CatalogImport, attempt, (db) => this.begin(db, importId, { by, reason }));
  }

  /**
   * Lets workers apply an import, as part of the caller's transaction.
   *
   * @throws as `applyOnce`
   */
  async begin(db: EntityManager, id: CatalogImportId, { by, reason }: Decision): Promise<CatalogImport> {
    const ready = await lockImport(db, id);
    if (ready.status !== 'READY') refuse(new CatalogImportNotReady(ready));
    await move(db, CatalogImport, catalogImportLife, ready, 'APPLYING', { decidedBy: by, reason });
    await this.trail.record(db, importApplied, {
      ...{ subject: id, before: { status: 'READY' }, after: { status: 'APPLYING', linesTotal: ready.linesTotal } },
      ...{ by, reason },
    });
    await this.jobs.enqueue(db, applyImport, { importId: id });
    return ready;
  }

  /**
   * Gives up an import that nobody applies yet.
   *
   * @throws as `applyOnce`
   */
  cancel(id: CatalogImportId, { by, reason }: Decision): Promise<CatalogImport> {
    return this.transactor.run(async (db) => {
      const found = await lockImport(db, id);
      const { status } = found;
      if (status !== 'READY' && status !== 'CHECKING') refuse(new CatalogImportNotReady(found));
      const decided = { decidedBy: by, reason, endedAt: this.machine.now() };
      await move(db, CatalogImport, catalogImportLife, found, 'CANCELLED', decided);
      await this.trail.record(db, importCancelled, {
        ...{ subject: id, before: { status }, after: { status: 'CANCELLED' } },
        ...{ by, reason },
      });
      return found;
    });
  }
}
