import { CsvRecord } from './csv-record.js';
import type { MistakeKind } from './import-mistake.js';
import { IMPORT_BYTES_MAX, RECORD_CHARACTERS_MAX } from './import.limits.js';

/** A record of a file and the line on which it begins, from 1; or why there is none. */
export type NumberedRecord =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly problem: MistakeKind };

/** What a decoder puts for bytes that are no UTF-8. */
const REPLACED = '\u{fffd}';

/**
 * The records of a CSV file in UTF-8 as its bytes come in, with no more than one record in memory. What is not CSV is told with its line, and reading goes
 * on behind that line: so one missing quote hides no other mistake.
 */
export async function* csvRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<NumberedRecord> {
  const reader = new RecordReader();
  const decoder = new TextDecoder();
  let total = 0;
  for await (const chunk of bytes) {
    total += chunk.byteLength;
    if (total > IMPORT_BYTES_MAX) {
      yield { line: reader.line, problem: 'FILE_TOO_LARGE' };
      return;
    }
    yield* reader.read(decoder.decode(chunk, { stream: true }));
  }
  yield* reader.end(decoder.decode());
}

class RecordReader {
  /** The number of the next line. */
  line = 1;
  #rest = '';
  #isSkipping = false;
  /** The lines of a record that is not whole yet. */
  #open: string[] = [];
  #openCharacters = 0;
  #record = new CsvRecord();

  *read(text: string): Generator<NumberedRecord> {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) yield* this.#take(line);
    if (this.#rest.length <= RECORD_CHARACTERS_MAX) return;
    this.#rest = '';
    if (this.#isSkipping) return;
    yield* this.#giveUpOpen();
    this.#isSkipping = true;
    yield { line: this.line, problem: 'LINE_TOO_LONG' };
  }

  *end(text: string): Generator<NumberedRecord> {
    yield* this.read(text);
    if (this.#rest !== '') yield* this.#take(this.#rest);
    yield* this.#giveUpOpen();
  }

  *#giveUpOpen(): Generator<NumberedRecord> {
    while (this.#open.length > 0) yield* this.#giveUp('QUOTE_NOT_CLOSED');
  }

  *#take(line: string): Generator<NumberedRecord> {
    this.line += 1;
    if (this.#isSkipping) {
      this.#isSkipping = false;
      return;
    }
    const begun = this.line - 1 - this.#open.length;
    this.#open.push(line);
    this.#openCharacters += line.length + 1;
    const state = this.#record.take(line);
    if (state === 'MISPLACED') yield* this.#giveUp('QUOTE_MISPLACED');
    else if (this.#openCharacters > RECORD_CHARACTERS_MAX)
      yield* this.#giveUp(state === 'OPEN' ? 'QUOTE_NOT_CLOSED' : 'LINE_TOO_LONG');
    else if (state === 'WHOLE') yield this.#whole(begun);
  }

  #whole(line: number): NumberedRecord {
    const { cells } = this.#record;
    this.#begin();
    return cells.some((cell) => cell.includes(REPLACED)) ? { line, problem: 'NOT_UTF8' } : { line, cells };
  }

  /** Tells what is wrong with the record that has begun, and reads what stands behind its first line again. */
  *#giveUp(problem: MistakeKind): Generator<NumberedRecord> {
    const again = this.#open.slice(1);
    const line = this.line - this.#open.length;
    yield { line, problem };
    this.#begin();
    this.line -= again.length;
    for (const each of again) yield* this.#take(each);
  }

  #begin(): void {
    this.#open = [];
    this.#openCharacters = 0;
    this.#record = new CsvRecord();
  }
}
