import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Decision, isDuplicate, MachineClock, move, Transactor } from '#common';
import type { JobClaim } from '#jobs';
import { lockProducts } from '../products/product-revision.js';
import { CatalogImport, type CatalogImportId } from './catalog-import.entity.js';
import { standingProducts } from './checking.service.js';
import { ImportWriter } from './import-writer.js';
import { type ImportMistake } from './import-mistake.js';
import { mistakesInProduct, type PlacedLine, type StandingProduct } from './import-product.rules.js';
import { lockImport } from './import.queries.js';
import { catalogImportLife, endOf } from './import.rules.js';
import { MakingService } from './making.service.js';
import { keepMistakes } from './mistakes.queries.js';
import { endLines, nextProducts, type StagedProduct } from './staged-lines.js';

/** How often a chunk is tried again because somebody took one of its codes at the same moment; each time the shop is looked at anew. */
const TRIES_MAX = 5;

/** The lines of one product that can be applied, and what is wrong with the others. */
interface Fitting {
  readonly lines: readonly PlacedLine[];
  readonly standing: StandingProduct | null;
  readonly mistakes: readonly ImportMistake[];
}

/** Applies imports, some products in one transaction. */
@Injectable()
export class ApplyingService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly machine: MachineClock,
    private readonly making: MakingService,
    private readonly writer: ImportWriter,
  ) {}

  /**
   * Applies what is left of an import. Several may do so at once: each chunk is done by one of them, under the lock of the import's row.
   *
   * @param claim the lease of the job, renewed with each chunk; null in a command
   * @param tell hears how far it has come
   * @returns the import at its end, or as it stands if it is not APPLYING
   */
  async apply(
    id: CatalogImportId,
    claim: JobClaim | null,
    tell: (at: CatalogImport) => void = () => undefined,
  ): Promise<CatalogImport> {
    const begun = await this.source.manager.findOneByOrFail(CatalogImport, { id });
    if (begun.status === 'APPLYING' && begun.makesMissing) await this.making.make(id, decisionOf(begun));
    for (;;) {
      const at = await this.#applyNext(id, claim);
      tell(at);
      if (at.status !== 'APPLYING') return at;
    }
  }

  async #applyNext(id: CatalogImportId, claim: JobClaim | null): Promise<CatalogImport> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.transactor.run((db) => this.#chunk(db, id, claim));
      } catch (error) {
        if (!isDuplicate(error) || tried === TRIES_MAX) throw error;
      }
    }
  }

  async #chunk(db: EntityManager, id: CatalogImportId, claim: JobClaim | null): Promise<CatalogImport> {
    await claim?.renew(db);
    const at = await lockImport(db, id);
    if (at.status !== 'APPLYING') return at;
    const staged = await this.#lockNext(db, at);
    const last = staged.at(-1);
    if (!last) {
      await move(db, CatalogImport, catalogImportLife, at, endOf(at), { endedAt: this.machine.now() });
      return at;
    }
    const standing = await standingProducts(db, idsOf(staged));
    const fitting = staged.map((product) => fittingOf(product, standing));
    await this.#keep(db, at, { fitting, through: last.firstLine });
    await this.writer.write(db, fitting, decisionOf(at));
    return at;
  }

  /** Which products come next is read again under their locks, with the shop as it is then. */
  async #lockNext(db: EntityManager, { id, appliedThrough }: CatalogImport): Promise<StagedProduct[]> {
    const staged = await nextProducts(db, id, appliedThrough);
    const ids = idsOf(staged);
    if (ids.length === 0) return staged;
    await lockProducts(db, ids);
    return nextProducts(db, id, appliedThrough);
  }

  async #keep(
    db: EntityManager,
    at: CatalogImport,
    { fitting, through }: { readonly fitting: readonly Fitting[]; readonly through: number },
  ): Promise<void> {
    const applied = fitting.flatMap(({ lines }) => lines.map(({ line }) => line));
    const mistakes = fitting.flatMap((each) => each.mistakes);
    const failed = [...new Set(mistakes.map(({ line }) => line))];
    await keepMistakes(db, at.id, mistakes);
    await endLines(db, at.id, 'APPLIED', applied);
    await endLines(db, at.id, 'FAILED', failed);
    const progress = {
      linesApplied: at.linesApplied + applied.length,
      linesFailed: at.linesFailed + failed.length,
      mistakesTotal: at.mistakesTotal + mistakes.length,
      appliedThrough: through,
    };
    await db.update(CatalogImport, { id: at.id }, progress);
    Object.assign(at, progress);
  }
}

/** What is wrong with one line keeps it out; the others of its product go on without it. */
function fittingOf({ lines, productId }: StagedProduct, products: ReadonlyMap<string, StandingProduct>): Fitting {
  const standing = (productId && products.get(productId)) ?? null;
  const mistakes: ImportMistake[] = [];
  let fitting = lines;
  for (;;) {
    const found = fitting.length > 0 ? mistakesInProduct(fitting, standing, false) : [];
    if (found.length === 0) return { lines: fitting, standing, mistakes };
    mistakes.push(...found);
    const wrong = new Set(found.map(({ line }) => line));
    fitting = fitting.filter(({ line }) => !wrong.has(line));
  }
}

function idsOf(staged: readonly StagedProduct[]) {
  return staged.flatMap(({ productId }) => productId ?? []);
}

/** An import is applied by whoever said so, and for that reason; the database keeps that both are there. */
function decisionOf({ decidedBy, startedBy, reason }: CatalogImport): Decision {
  return { by: decidedBy ?? startedBy, reason: reason ?? '' };
}
