/** Whether a module is loaded once more, as the query of its address says: Node loads each address once. */
export interface Freshness {
  /** The address without the query. */
  readonly module: string;
  /** The trial that it is loaded for; null for the one that stays. */
  readonly turn: string | null;
  /** The module that the trial changes while it is loaded; null if the change is made later, while tests run. */
  readonly mutated: string | null;
}

export function freshnessOf(address: string): Freshness {
  const url = new URL(address);
  const [turn, mutated] = [url.searchParams.get('turn'), url.searchParams.get('mutated')];
  url.search = '';
  return { module: url.href, turn, mutated };
}

export function withFreshness(module: string, { turn, mutated }: Pick<Freshness, 'turn' | 'mutated'>): string {
  const url = new URL(module);
  if (turn !== null) url.searchParams.set('turn', turn);
  if (mutated !== null) url.searchParams.set('mutated', mutated);
  return url.href;
}
