import type { Habit } from './habits.js';
import type { Phone, SeatAnswer } from './phone.js';
import type { Sale } from './sale.js';
import { Tally } from './statistics.js';
import type { WechatApp } from './wechat-app.js';

/** What a buyer did in the end. */
export type Deed =
  'opened a team' | 'joined a team' | 'got nothing' | 'paid on time' | 'paid late' | 'paid twice' | 'never paid';

/** What purchases leave for the report. */
export class Outcomes {
  readonly deeds = new Tally<Deed>();
  /** By the name of their type. */
  readonly refusals = new Tally();
  /** By their message: neither a yes nor a no, so something is broken. */
  readonly errors = new Tally();
  /** Of what was ordered, by the line of the file. */
  readonly orderIds = new Map<number, string>();
}

/** A team that is full, over, or one's own is no reason to go home. */
const TRY_ANOTHER: ReadonlySet<string> = new Set(['TeamFull', 'TeamClosed', 'SeatAlreadyHeld']);
const JOINS_MAX = 3;

/** One sale made again as a team purchase, by one phone. */
export class Purchase {
  #prepayId: string | null = null;

  constructor(
    private readonly sale: Sale,
    private readonly offerId: string,
    readonly habit: Habit,
    private readonly phone: Phone,
    private readonly wechat: WechatApp,
    private readonly outcomes: Outcomes,
  ) {}

  /** Gets a seat and, if that is this buyer's habit, pays for it at once. */
  async make(): Promise<void> {
    const seat = await this.#takeSeat();
    const checkoutId = seat?.order?.checkout.id;
    if (checkoutId === undefined) {
      this.outcomes.deeds.add('got nothing');
      return;
    }
    if (this.habit.startsPayment) await this.#startPayment(checkoutId);
    if (this.habit.paying === 'NEVER') this.outcomes.deeds.add('never paid');
    else if (this.habit.paying !== 'LATE') await this.#pay();
  }

  /** Pays when the time is over, as a channel may let one do. */
  async payLate(): Promise<void> {
    if (this.#prepayId === null) return;
    await this.wechat.pay({ person: this.phone.person, prepayId: this.#prepayId, isLate: true });
    this.outcomes.deeds.add('paid late');
  }

  /** A seat in the fullest team that one can join, or in a new one. */
  async #takeSeat(): Promise<SeatAnswer | null> {
    for (let attempt = 1; attempt <= JOINS_MAX; attempt += 1) {
      const teamId = await this.phone.nearestTeam(this.offerId);
      if (teamId === null) break;
      const answer = await this.phone.join(teamId, this.sale.quantity, this.#key(attempt));
      if (this.#isSeat(answer)) return this.#took(answer, 'joined a team');
      if (!TRY_ANOTHER.has(answer.__typename)) return null;
    }
    const answer = await this.phone.open(this.offerId, this.sale.quantity, this.#key(JOINS_MAX + 1));
    return this.#isSeat(answer) ? this.#took(answer, 'opened a team') : null;
  }

  async #startPayment(checkoutId: string): Promise<void> {
    const sheet = await this.phone.startPayment(checkoutId);
    if (sheet.__typename === 'PaySheet' && sheet.package !== undefined) {
      this.#prepayId = sheet.package.replace('prepay_id=', '');
    } else {
      this.outcomes.refusals.add(sheet.__typename);
    }
  }

  async #pay(): Promise<void> {
    if (this.#prepayId === null) return;
    const { paying, telling } = this.habit;
    const payment = { person: this.phone.person, prepayId: this.#prepayId };
    await this.wechat.pay({ ...payment, ...telling });
    if (paying === 'TWICE') await this.wechat.pay({ ...payment, isAgain: true });
    this.outcomes.deeds.add(paying === 'TWICE' ? 'paid twice' : 'paid on time');
  }

  #isSeat(answer: SeatAnswer): boolean {
    if (answer.__typename === 'Seat') return true;
    this.outcomes.refusals.add(answer.__typename);
    return false;
  }

  #took(seat: SeatAnswer, how: 'opened a team' | 'joined a team'): SeatAnswer {
    this.outcomes.deeds.add(how);
    if (seat.order) this.outcomes.orderIds.set(this.sale.lineNumber, seat.order.id);
    return seat;
  }

  /** The same for the same attempt, so that a request that is repeated buys once. */
  #key(attempt: number): string {
    return `replay-${this.sale.invoice}-${this.sale.lineNumber}-${attempt}`;
  }
}
