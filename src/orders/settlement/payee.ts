import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '#ledger';
import type { Order } from '../order.entity.js';

/** What somebody earns of an order. */
export interface Earning {
  /** Whose; beginning with the name of its payee's kind of account. */
  readonly account: Account;
  /** At least 1. It is cut to what the goods leave. */
  readonly amountMinor: number;
}

/** The same, with who registered for it. */
export interface NamedEarning extends Earning {
  readonly payee: string;
}

/** Others than the supplier and the shop who earn something of orders, such as a leader. Later modules register. */
export interface Payee {
  /** At most 32 letters; kept with each share. */
  readonly name: string;
  /**
   * What is earned of an order that is being settled, as part of that transaction, in which the order is locked. Asked once for each order.
   *
   * @param baseMinor what stays of its goods, of which all earnings are paid
   */
  earningsOf(db: EntityManager, order: Order, baseMinor: number): Promise<readonly Earning[]>;
}

/** Who is asked when an order is settled, in the order in which they have registered. */
@Injectable()
export class Payees {
  readonly #payees: Payee[] = [];

  register(payee: Payee): void {
    assert(!this.#payees.some(({ name }) => name === payee.name), `two payees are called ${payee.name}`);
    this.#payees.push(payee);
  }

  /** What everybody earns of an order that is being settled. */
  async earningsOf(db: EntityManager, order: Order, baseMinor: number): Promise<NamedEarning[]> {
    const all: NamedEarning[] = [];
    for (const payee of this.#payees) {
      const earnings = await payee.earningsOf(db, order, baseMinor);
      all.push(...earnings.map((earning) => ({ payee: payee.name, ...earning })));
    }
    return all;
  }
}
