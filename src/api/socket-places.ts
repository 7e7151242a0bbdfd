/** How many sockets there are, in this process and from each address (docs/adr/0009-limits-in-the-process.md). */
export class SocketPlaces {
  readonly #taken = new Map<string, number>();
  #total = 0;

  constructor(
    private readonly max: number,
    private readonly perAddressMax: number,
  ) {}

  /** Takes a place for an address; or says by what HTTP status it is refused: the address has too many, or all do. */
  take(address: string): 'TAKEN' | 429 | 503 {
    const taken = this.#taken.get(address) ?? 0;
    if (taken >= this.perAddressMax) return 429;
    if (this.#total >= this.max) return 503;
    this.#taken.set(address, taken + 1);
    this.#total += 1;
    return 'TAKEN';
  }

  giveBack(address: string): void {
    const left = (this.#taken.get(address) ?? 0) - 1;
    if (left > 0) this.#taken.set(address, left);
    else this.#taken.delete(address);
    this.#total -= 1;
  }
}
