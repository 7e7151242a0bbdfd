/** A place in a text; lines and columns begin with 1, as Stryker's report counts them. */
interface Place {
  readonly line: number;
  readonly column: number;
}

export function textAt(text: string, { start, end }: { readonly start: Place; readonly end: Place }): string {
  const lines = text.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined))
    .join('\n');
}
