import type { Shop } from '../../support/shop.js';

/** An upload whose time is up to the second is over; a few steps of time are not enough to make that the second before. */
const SOONER_SECONDS = 10;

/** Longer than a payment's next refund has to wait, so whatever is older waits for nothing; a long run has thousands of them. */
const GAPS_OVER_MINUTES = 10;

/**
 * The time of machines: leases, retries, tokens. It goes on by itself, so what waits for it is moved instead: as much nearer as time is to pass,
 * and as much further as a run itself has taken, so that a slow machine sees the same as a fast one.
 */
export class Machines {
  #setAtMs = Date.now();

  constructor(private readonly shop: Shop) {}

  async advance(seconds: number): Promise<void> {
    const nowMs = Date.now();
    const taken = (nowMs - this.#setAtMs) * 1_000;
    this.#setAtMs = nowMs;
    const further = `+ INTERVAL ${taken} MICROSECOND`;
    const nearer = `+ INTERVAL ${taken - seconds * 1_000_000} MICROSECOND`;
    for (const statement of [
      `UPDATE job SET run_at = run_at ${further} WHERE status = 'READY' AND repeat_seconds IS NULL AND run_at > NOW(3)`,
      // What is due already as well, so that it stays in the order in which it became due.
      `UPDATE job SET run_at = run_at - INTERVAL ${seconds} SECOND WHERE status = 'READY' AND repeat_seconds IS NULL`,
      `UPDATE payment SET next_query_at = next_query_at ${nearer} WHERE next_query_at > NOW(3)`,
      `UPDATE capture SET refund_submitted_at = refund_submitted_at ${nearer} WHERE refund_submitted_at > NOW(3) - INTERVAL ${GAPS_OVER_MINUTES} MINUTE`,
      `UPDATE refund SET manual_after = manual_after ${nearer} WHERE status NOT IN ('SUCCEEDED', 'CLOSED')`,
      `UPDATE image SET started_at = started_at ${nearer}, uploaded_at = uploaded_at ${nearer},
         upload_until = upload_until ${nearer} - INTERVAL ${seconds > 0 ? SOONER_SECONDS : 0} SECOND
       WHERE status IN ('PENDING', 'PROCESSING')`,
      `UPDATE invariant_run SET started_at = started_at ${nearer} ORDER BY id DESC LIMIT 1`,
      `UPDATE session SET rotated_at = rotated_at ${nearer} WHERE revoked_at IS NULL`,
    ])
      await this.shop.rows(statement);
  }
}
