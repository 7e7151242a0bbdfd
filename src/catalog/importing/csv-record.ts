/** What a record is after a further line of the file: whole, still within a quoted cell, or not CSV. */
export type RecordState = 'WHOLE' | 'OPEN' | 'MISPLACED';

/** One record of CSV (RFC 4180), taken line by line: a quoted cell may go on over several. */
export class CsvRecord {
  readonly cells: string[] = [];
  #quoted: string | null = null;

  /** Takes a further line, without its line feed. After WHOLE or MISPLACED there is none. */
  take(line: string): RecordState {
    let at = 0;
    for (;;) {
      const begun = this.#quoted !== null;
      if (begun || line[at] === '"') {
        const end = this.#takeQuoted(line, begun ? at : at + 1);
        if (end === null) return 'OPEN';
        if (isOver(line, end)) return 'WHOLE';
        if (line[end] !== ',') return 'MISPLACED';
        at = end + 1;
      } else {
        const comma = line.indexOf(',', at);
        const cell = comma < 0 ? withoutReturn(line.slice(at)) : line.slice(at, comma);
        if (cell.includes('"')) return 'MISPLACED';
        this.cells.push(cell);
        if (comma < 0) return 'WHOLE';
        at = comma + 1;
      }
    }
  }

  /** Where the quoted cell ends that the place is within, behind its quote; null if not on this line. */
  #takeQuoted(line: string, from: number): number | null {
    let text = this.#quoted === null ? '' : `${this.#quoted}\n`;
    let at = from;
    for (;;) {
      const quote = line.indexOf('"', at);
      if (quote < 0) {
        this.#quoted = text + line.slice(at);
        return null;
      }
      text += line.slice(at, quote);
      at = quote + 1;
      if (line[at] !== '"') break;
      text += '"';
      at += 1;
    }
    this.cells.push(text);
    this.#quoted = null;
    return at;
  }
}

function isOver(line: string, at: number): boolean {
  return at === line.length || (at === line.length - 1 && line[at] === '\r');
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}
