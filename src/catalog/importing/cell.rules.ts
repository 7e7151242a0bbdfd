/** What a spreadsheet takes for the beginning of a formula, its full-width forms included, and the mark that makes it text. */
const FORMULA = /^['=+\-@\t\r\n＝＋－＠]/;
const MARKED = /^'['=+\-@\t\r\n＝＋－＠]/;

/** A text as a cell that no spreadsheet calculates; `readCell` gives it back as it was. */
export function harmlessCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** What a cell says, without the mark of a text that would look like a formula. */
export function readCell(cell: string): string {
  return MARKED.test(cell) ? cell.slice(1) : cell;
}

/** A record as a line of CSV (RFC 4180), without its line break. */
export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}

/** Whole fen of a price in yuan with two decimals at most, exactly; null if it is no such price. */
export function minorOfYuan(text: string): number | null {
  const [, yuan, fen = ''] = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  return yuan === undefined ? null : Number(yuan + fen.padEnd(2, '0'));
}

/** A price of whole fen in yuan, with two decimals. */
export function yuanOfMinor(minor: number): string {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The parts of a text between separators; one that belongs to a part, or a backslash, stands behind a backslash. */
export function splitParts(text: string, separator: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const [sign] of text.matchAll(/\\.|./gs)) {
    if (sign !== separator) {
      part += sign;
      continue;
    }
    parts.push(part);
    part = '';
  }
  return [...parts, part];
}

/** A part of such a text, as it is meant. */
export function plainPart(part: string): string {
  return part.replace(/\\(.)/gs, '$1');
}

/** A text as a part, for which `plainPart` is the way back. */
export function markedPart(text: string, separators: string): string {
  return text.replace(/./gs, (sign) => (sign === '\\' || separators.includes(sign) ? `\\${sign}` : sign));
}
