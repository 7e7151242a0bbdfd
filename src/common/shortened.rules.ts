/** A text of at most so many characters, counted by code points; what had to be cut ends in an ellipsis. */
export function shortened(text: string, charactersMax: number): string {
  const characters = Array.from(text);
  if (characters.length <= charactersMax) return text;
  const kept = characters.slice(0, charactersMax - 1).join('');
  return `${kept.trimEnd()}…`;
}
