import { randomBytes } from 'node:crypto';
import { chineseDigits } from './clock.js';
import type { Store, Table } from './store.js';

/** Money that the merchant has taken out of the channel to a bank account. */
export interface Withdrawal {
  readonly id: string;
  readonly atMs: number;
  readonly amountMinor: number;
}

export class Withdrawals {
  readonly #withdrawals: Table<Withdrawal>;

  constructor(store: Store) {
    this.#withdrawals = store.table('withdrawals');
  }

  /** In the order in which they were asked for. */
  get all(): Withdrawal[] {
    return [...this.#withdrawals.values()];
  }

  add(amountMinor: number, atMs: number): Withdrawal {
    const id = `8000${chineseDigits(atMs).slice(0, 8)}${randomBytes(6).readUIntBE(0, 6).toString().padStart(15, '0')}`;
    const withdrawal = { id, atMs, amountMinor };
    this.#withdrawals.put(id, withdrawal);
    return withdrawal;
  }
}
