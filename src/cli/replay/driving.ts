import { setTimeout as sleep } from 'node:timers/promises';
import { secondsAfter } from '#common';
import { deliveryOf } from './addresses.js';
import { habitOf } from './habits.js';
import type { Office } from './office.js';
import { Phone } from './phone.js';
import { Outcomes, Purchase } from './purchase.js';
import type { Sale } from './sale.js';
import type { ShopApi } from './shop-api.js';
import { runTimeline, type Step } from './timeline.js';
import type { WechatApp } from './wechat-app.js';

export interface Drive {
  readonly sales: readonly Sale[];
  /** By stock code. */
  readonly offerIds: ReadonlyMap<string, string>;
  readonly seed: number;
  readonly clients: number;
  readonly payWindowSeconds: number;
  readonly shop: ShopApi;
  readonly wechat: WechatApp;
  readonly office: Office;
  /** Hears how many sales have been made. */
  readonly onProgress: (done: number) => void;
  readonly onError: (error: Error) => void;
}

export interface Driven {
  readonly outcomes: Outcomes;
  /** Where the clock stands at the end. */
  readonly endedAt: Date;
}

const MINUTE_SECONDS = 60;

/** Buyers who are on time pay within a third of their window, however slow the machine is. */
const SLACK_SHARE = 1 / 3;

/** Workers may have this much to do before the clock moves on: if they were further behind, teams would form days too late. */
const BACKLOG_MAX = 64;
const BACKLOG_POLL_MILLISECONDS = 10;

/** Makes every sale again, in its order and at its time. */
export async function drive(plan: Drive): Promise<Driven> {
  const { clients, payWindowSeconds, office, wechat } = plan;
  const outcomes = new Outcomes();
  const steps = stepsOf(plan, outcomes);
  await runTimeline(steps, { atOnce: clients, slackSeconds: payWindowSeconds * SLACK_SHARE }, async (now) => {
    await workersKeepUp(office);
    await office.setClock(now, wechat);
  });
  const last = steps.at(-1);
  if (!last) throw new Error('there is nothing to drive');
  return { outcomes, endedAt: last.at };
}

/** A purchase at the time of each sale and, where the payment comes late, another step for it. */
function stepsOf({ sales, offerIds, seed, payWindowSeconds, ...rest }: Drive, outcomes: Outcomes): Step[] {
  const { shop, wechat, onProgress, onError } = rest;
  const customers = new Set(sales.map(({ customer }) => customer));
  const phones = new Map(
    [...customers].map((customer) => [customer, new Phone(customer, deliveryOf(seed, customer), shop, wechat)]),
  );
  let done = 0;
  const attempt = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      const problem = error instanceof Error ? error : new Error(String(error));
      outcomes.errors.add(problem.message);
      onError(problem);
    }
  };

  const steps = sales.flatMap((sale): Step[] => {
    const [offerId, phone] = [offerIds.get(sale.stockCode), phones.get(sale.customer)];
    if (offerId === undefined || !phone) throw new Error(`line ${sale.lineNumber} has no offer or no phone`);
    const habit = habitOf(seed, sale.lineNumber);
    const purchase = new Purchase(sale, offerId, habit, phone, wechat, outcomes);
    const make = async (): Promise<void> => {
      await attempt(purchase.make());
      done += 1;
      onProgress(done);
    };
    // The first step is long over then: a buyer is never slower than the slack, which is shorter than the window.
    const lateAt = secondsAfter(sale.soldAt, payWindowSeconds + habit.lateMinutes * MINUTE_SECONDS);
    const payLate = { at: lateAt, run: () => attempt(purchase.payLate()) };
    return [{ at: sale.soldAt, run: make }, ...(habit.paying === 'LATE' ? [payLate] : [])];
  });
  return steps.sort((a, b) => a.at.getTime() - b.at.getTime());
}

async function workersKeepUp({ source }: Office): Promise<void> {
  for (;;) {
    const [row] = await source.query<{ waiting: string }[]>(
      'SELECT COUNT(*) AS waiting FROM job WHERE run_at <= NOW(3) AND repeat_seconds IS NULL',
    );
    if (Number(row?.waiting) <= BACKLOG_MAX) return;
    await sleep(BACKLOG_POLL_MILLISECONDS);
  }
}
