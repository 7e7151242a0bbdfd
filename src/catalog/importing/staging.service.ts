import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, MachineClock, move, newId, Transactor, tryMove } from '#common';
import { Jobs } from '#jobs';
import { CatalogImport, type CatalogImportId } from './catalog-import.entity.js';
import { csvRecords, type NumberedRecord } from './csv-records.js';
import { type Header, readHeader } from './header.rules.js';
import { type ImportLine, judgeLine } from './import-line.rules.js';
import { type ImportMistake, mistakeIn } from './import-mistake.js';
import { checkImport } from './import.jobs.js';
import { IMPORT_CHUNK_LINES, IMPORT_LINES_MAX } from './import.limits.js';
import { catalogImportLife } from './import.rules.js';
import { lockImport } from './import.queries.js';
import { keepMistakes } from './mistakes.queries.js';
import { stageLines } from './staged-lines.js';

/** Who gives a file, and what it may do. */
export interface Staging {
  readonly by: Actor;
  /** Whether suppliers and categories that the shop lacks are made. */
  readonly makesMissing: boolean;
  /** When a worker checks the file; at once unless somebody else is about to, and a worker only steps in if they die. */
  readonly checkAt?: Date;
}

/** Reads files into the database, line by line. Nothing of them touches the shop yet. */
@Injectable()
export class StagingService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly machine: MachineClock,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Reads a file as its bytes come in, in constant memory, and has it checked.
   *
   * @returns the import, CHECKING; or whatever the stream throws, with the import CANCELLED
   */
  async stage(bytes: AsyncIterable<Uint8Array>, { by, makesMissing, checkAt }: Staging): Promise<CatalogImport> {
    const db = this.source.manager;
    const begun = db.create(CatalogImport, {
      ...{ id: newId('catalog_import'), status: 'STAGING', makesMissing, startedBy: by, startedAt: this.machine.now() },
      ...{ linesTotal: 0, mistakesTotal: 0, linesApplied: 0, linesFailed: 0, appliedThrough: 0 },
      ...{ decidedBy: null, reason: null, endedAt: null },
    });
    await db.insert(CatalogImport, begun);
    try {
      const linesTotal = await this.#read(bytes, begun.id);
      return await this.#end(begun.id, linesTotal, checkAt);
    } catch (error) {
      await tryMove(db, CatalogImport, catalogImportLife, begun, 'CANCELLED', { endedAt: this.machine.now() });
      throw error;
    }
  }

  /** @returns how many lines say something */
  async #read(bytes: AsyncIterable<Uint8Array>, id: CatalogImportId): Promise<number> {
    const batch = new Batch();
    for await (const record of csvRecords(bytes)) {
      batch.take(record);
      if (batch.isFull) await this.#keep(id, batch);
      if (batch.isOver) break;
    }
    batch.end();
    await this.#keep(id, batch);
    return batch.linesTotal;
  }

  async #keep(id: CatalogImportId, batch: Batch): Promise<void> {
    const { lines, mistakes } = batch.empty();
    await stageLines(this.source.manager, id, lines);
    await keepMistakes(this.source.manager, id, mistakes);
  }

  #end(id: CatalogImportId, linesTotal: number, runAt?: Date): Promise<CatalogImport> {
    return this.transactor.run(async (db) => {
      const read = await lockImport(db, id);
      await move(db, CatalogImport, catalogImportLife, read, 'CHECKING', { linesTotal });
      await this.jobs.enqueue(db, checkImport, { importId: id }, runAt ? { runAt } : {});
      return read;
    });
  }
}

/** What was read of a file and is not kept yet. */
class Batch {
  linesTotal = 0;
  /** Whether what follows makes no sense, or is too much. */
  isOver = false;
  #header: Header | null = null;
  #lines: (ImportLine & { readonly line: number })[] = [];
  #mistakes: ImportMistake[] = [];

  get isFull(): boolean {
    return this.#lines.length + this.#mistakes.length >= IMPORT_CHUNK_LINES;
  }

  take(record: NumberedRecord): void {
    if ('problem' in record) this.#takeProblem(record);
    else if (record.cells.every((cell) => cell.trim() === '')) return;
    else if (this.#header) this.#takeLine(this.#header, record);
    else this.#takeHeader(record);
  }

  end(): void {
    if (this.isOver) return;
    if (!this.#header || this.linesTotal === 0) this.#mistakes.push({ line: 1, ...mistakeIn(null, 'FILE_EMPTY') });
  }

  empty(): { lines: readonly (ImportLine & { readonly line: number })[]; mistakes: readonly ImportMistake[] } {
    const kept = { lines: this.#lines, mistakes: this.#mistakes };
    [this.#lines, this.#mistakes] = [[], []];
    return kept;
  }

  /** Under a header that cannot be read, nothing makes sense. */
  #takeProblem({ line, problem }: Extract<NumberedRecord, { problem: unknown }>): void {
    this.#mistakes.push({ line, ...mistakeIn(null, problem) });
    this.linesTotal += 1;
    this.isOver ||= this.#header === null;
  }

  #takeHeader({ line, cells }: Extract<NumberedRecord, { cells: unknown }>): void {
    const header = readHeader(cells);
    if ('columns' in header) {
      this.#header = header;
      return;
    }
    this.isOver = true;
    this.#mistakes.push(...header.map((mistake) => ({ line, ...mistake })));
  }

  #takeLine(header: Header, { line, cells }: Extract<NumberedRecord, { cells: unknown }>): void {
    if (this.linesTotal === IMPORT_LINES_MAX) {
      this.isOver = true;
      this.#mistakes.push({ line, ...mistakeIn(null, 'TOO_MANY_LINES') });
      return;
    }
    this.linesTotal += 1;
    const said = judgeLine(header, cells);
    if ('code' in said) this.#lines.push({ line, ...said });
    else this.#mistakes.push(...said.map((mistake) => ({ line, ...mistake })));
  }
}
