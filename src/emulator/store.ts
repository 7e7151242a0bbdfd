import assert from 'node:assert/strict';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, open, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';

/** One line of the journal: a row as it stood after a change. The last line about a key is the truth. */
interface Entry {
  readonly table: string;
  readonly key: string;
  readonly row: unknown;
}

/** Rows by key, in the order they first appeared. Rows are replaced and never edited, so the journal misses no change. */
export class Table<Row> {
  readonly #rows = new Map<string, Row>();

  /**
   * @param journal told of every change
   * @param index told of every row, from the journal too, so that look-ups and totals survive a restart
   */
  constructor(
    private readonly journal: (key: string, row: Row) => void,
    private readonly index: (row: Row, before: Row | undefined) => void,
  ) {}

  get size(): number {
    return this.#rows.size;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  put(key: string, row: Row): void {
    this.restore(key, row);
    this.journal(key, row);
  }

  /** Puts a row that the journal already holds. */
  restore(key: string, row: Row): void {
    const before = this.#rows.get(key);
    this.#rows.set(key, row);
    this.index(row, before);
  }

  /** Frees the memory of a row that time has made worthless; the journal keeps its history. */
  drop(key: string): void {
    this.#rows.delete(key);
  }

  entries(): IterableIterator<[key: string, row: Row]> {
    return this.#rows.entries();
  }

  values(): IterableIterator<Row> {
    return this.#rows.values();
  }
}

/**
 * Everything the emulator must not forget: tables in memory and one append-only JSONL file behind them.
 * Make every table first, then `open`: opening replays the file into the tables.
 */
export class Store {
  readonly #tables = new Map<string, (key: string, row: unknown) => void>();
  #stream: WriteStream | undefined;
  #lastWrite: Promise<void> = Promise.resolve();

  table<Row>(name: string, index: (row: Row, before: Row | undefined) => void = () => undefined): Table<Row> {
    const table = new Table<Row>((key, row) => {
      this.#append({ table: name, key, row });
    }, index);
    // The journal is our own writing, so what it holds for this table is a Row.
    this.#tables.set(name, (key, row) => {
      table.restore(key, row as Row);
    });
    return table;
  }

  /** @param file empty keeps nothing on disk */
  async open(file: string): Promise<void> {
    if (file === '') return;
    await mkdir(dirname(file), { recursive: true });
    await (await open(file, 'a')).close();
    await this.#replay(file);
    this.#stream = createWriteStream(file, { flags: 'a' });
  }

  /** Resolves once everything recorded so far is with the operating system, where a killed process cannot lose it. */
  written(): Promise<void> {
    return this.#lastWrite;
  }

  async close(): Promise<void> {
    await this.#lastWrite;
    const stream = this.#stream;
    if (stream) await new Promise<void>((resolve) => stream.end(resolve));
  }

  /** A kill can tear the last line. Nobody was ever answered on its strength, so it is cut off; any other bad line is a bug and throws. */
  async #replay(file: string): Promise<void> {
    let wholeBytes = 0;
    let tail = '';
    for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
      const lines = (tail + chunk).split('\n');
      tail = lines.pop() ?? '';
      for (const line of lines) {
        this.#restore(JSON.parse(line) as Entry);
        wholeBytes += Buffer.byteLength(line) + 1;
      }
    }
    if (tail !== '') await truncate(file, wholeBytes);
  }

  #restore({ table, key, row }: Entry): void {
    const restore = this.#tables.get(table);
    assert(restore, `the journal holds a table that this emulator does not have: ${table}`);
    restore(key, row);
  }

  #append(entry: Entry): void {
    const stream = this.#stream;
    if (!stream) return;
    // Rows of one decision are written by one call, so a kill cannot keep the capture and lose its notification.
    stream.cork();
    process.nextTick(() => {
      stream.uncork();
    });
    this.#lastWrite = new Promise((resolve, reject) => {
      stream.write(`${JSON.stringify(entry)}\n`, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }
}
