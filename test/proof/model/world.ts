import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { secondsAfter } from '#common';
import { Product, type ProductId, type SkuId, Stock } from '#catalog';
import { StaffAccountsService } from '#identity';
import { Capture, Refund } from '#payments';
import type { Client } from '../../support/client.js';
import { BY_TEST, Desk } from '../../support/desk.js';
import type { Phone } from '../../support/phone.js';
import { Shop } from '../../support/shop.js';
import { Due } from './due.js';
import { Log } from './log.js';
import { Machines } from './machines.js';
import { documentOf } from './surface.js';

export const LOGINS_PER_PERSON = 5;
export const PHONE_CODES_PER_PERSON = 3;
/** So that what a run does is not limited by what another one did. */
const BETWEEN_RUNS_SECONDS = 120;

/** What was answered: a member of the union, the code of an error, or a bare value. */
export interface Answer {
  readonly type: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A whole shop as people, WeChat, the worker and the clock get at it. It is the real one. */
export class World {
  #operator: Desk | null = null;
  #supplier: Desk | null = null;
  readonly #phones = new Map<string, Phone>();
  #runs = 0;
  readonly log = new Log();
  readonly #machines: Machines;
  readonly #due: Due;
  #now = new Date(Math.ceil(Date.now() / 1_000) * 1_000);

  private constructor(
    readonly shop: Shop,
    private readonly whenOpened: (app: NestFastifyApplication) => void,
  ) {
    this.#machines = new Machines(shop);
    this.#due = new Due(shop);
  }

  /** @param whenOpened does something to the server each time one is started */
  static async open(whenOpened: (app: NestFastifyApplication) => void = () => undefined): Promise<World> {
    const shop = await Shop.open({
      environment: {
        ...{ BUSINESS_CLOCK: 'simulated', ACCESS_TOKEN_SECONDS: '86400', LOGINS_PER_PERSON: String(LOGINS_PER_PERSON) },
        PHONE_CODES_PER_PERSON: String(PHONE_CODES_PER_PERSON),
        // All people of all runs come from one address.
        ...{ LOGIN_FAILURES_PER_ADDRESS: '100000', REFRESH_FAILURES_PER_ADDRESS: '100000' },
      },
      wechat: { refundGapSeconds: 0 },
    });
    const world = new World(shop, whenOpened);
    world.#begin();
    await world.#due.schedule();
    await world.advance(0);
    return world;
  }

  close(): Promise<void> {
    return this.shop.close();
  }

  get now(): Date {
    return this.#now;
  }

  get nowSeconds(): number {
    return this.#now.getTime() / 1_000;
  }

  async operator(): Promise<Desk> {
    this.#operator ??= await this.shop.operator('olga');
    return this.#operator;
  }

  /** What the shop knows of the goods of a run that nobody changes. */
  async goodsOf(productId: string): Promise<Pick<Product, 'supplierId' | 'categoryId'>> {
    return this.shop.source.manager.findOneByOrFail(Product, { id: productId as ProductId });
  }

  /** The desk of somebody who works for the supplier of the goods, which is the same one in all runs. */
  async supplier(productId: string): Promise<Desk> {
    this.#supplier ??= await this.shop.supplier('fay', (await this.goodsOf(productId)).supplierId);
    return this.#supplier;
  }

  /** Somebody whom the shop has never seen, logged in. */
  async newcomer(name: string): Promise<Phone> {
    const phone = await this.shop.login(`${name} of run ${this.#runs}`);
    this.#phones.set(name, phone);
    return phone;
  }

  /** The phone of somebody who has left, with nothing on it: whoever logs in with it is known by another name. */
  phoneAgain(person: { readonly name: string }, name: string): Phone {
    const phone = this.shop.phone(this.phoneOf(person).person);
    this.#phones.set(name, phone);
    return phone;
  }

  phoneOf({ name }: { readonly name: string }): Phone {
    const phone = this.#phones.get(name);
    if (!phone) throw new Error(`nobody is called ${name}`);
    return phone;
  }

  /** Somebody who is to work for the shop, with nothing but a code from the command line. */
  async newColleague(): Promise<{ readonly desk: Desk; readonly enrolmentCode: string }> {
    const desk = new Desk(this.shop.url, `colleague-${this.#runs}`);
    const who = { loginName: desk.loginName, displayName: 'sue' };
    const { enrolmentCode } = await this.shop.get(StaffAccountsService).add(who, ['SUPPORT'], BY_TEST);
    return { desk, enrolmentCode };
  }

  async beginRun(): Promise<void> {
    await this.advance(BETWEEN_RUNS_SECONDS);
    this.#runs += 1;
    this.log.forget();
    await this.#clearCategories();
    this.#phones.clear();
    this.shop.statements.statements.length = 0; // A long run would fill the memory with them.
  }

  /** There can be five hundred categories: those of the runs before are in the way. */
  async #clearCategories(): Promise<void> {
    for (let level = 3; level > 0; level -= 1)
      await this.shop.rows(
        `DELETE category FROM category LEFT JOIN category AS child ON child.parent_id = category.id
         LEFT JOIN product ON product.category_id = category.id WHERE child.id IS NULL AND product.id IS NULL`,
      );
  }

  /** Leaves a run that failed where it is, so that nothing of it happens in another one. */
  async abandonRun(): Promise<void> {
    await this.clearFaults();
    await this.delivered();
    for (const statement of [
      "UPDATE job SET status = 'DEAD', run_at = NULL, ended_at = NOW(3), reason = 'a run that failed' WHERE status = 'READY' AND repeat_seconds IS NULL",
      "UPDATE payment SET status = 'CLOSED', next_query_at = NULL WHERE status IN ('INIT', 'PENDING')",
      "UPDATE refund SET status = 'CLOSED' WHERE status IN ('CREATED', 'SUBMITTED', 'ABNORMAL', 'MANUAL')",
      "UPDATE team SET status = 'FAILED' WHERE status IN ('PENDING', 'FORMING')",
    ])
      await this.shop.rows(statement);
  }

  async ask(phone: Client, mutation: string, input: object = {}): Promise<Answer> {
    const { data, errors } = await phone.send(documentOf(mutation), { input });
    const value: unknown = data?.[mutation];
    if (errors?.[0] || !data) return { type: errors?.[0]?.extensions.code ?? 'NO_ANSWER', value: {} };
    if (typeof value === 'boolean') return { type: String(value), value: {} };
    // What is done to several things is told of each; one is enough to know what was answered.
    const [one] = Array.isArray(value) ? value : [value];
    const { __typename, ...rest } = one as { __typename: string };
    return { type: __typename, value: rest };
  }

  async restart(): Promise<void> {
    await this.shop.restart();
    this.#begin();
  }

  /** Lets time pass for everybody. */
  async advance(seconds: number): Promise<void> {
    this.#now = secondsAfter(this.#now, seconds);
    await this.shop.setTime(this.#now);
    await this.#machines.advance(seconds);
  }

  /** Works off all that is due, or what names one of these; one job after the other, each with everything that follows from it. */
  async work(about: readonly string[] | 'ALL', { withClock }: { readonly withClock: boolean }): Promise<void> {
    await this.delivered();
    await this.#machines.advance(0);
    if (withClock) await this.#due.dueByClock();
    await this.#due.work(about);
  }

  /** Waits until WeChat has told the shop all that it had to tell. */
  delivered(): Promise<void> {
    return this.#due.delivered();
  }

  async clearFaults(): Promise<void> {
    const { ok, status } = await fetch(`${this.shop.emulator.url}/emulator/faults`, { method: 'DELETE' });
    if (!ok) throw new Error(`the emulator answers ${status}`);
  }

  /** The refunds of what the channel took under a transaction, in the order in which they were owed. */
  async refundsOf(transactionId: string): Promise<Refund[]> {
    const db = this.shop.source.manager;
    const capture = await db.findOneByOrFail(Capture, { transactionId });
    return db.find(Refund, { where: { captureId: capture.id }, order: { id: 'ASC' } });
  }

  /** What WeChat has paid back of each transaction, by its own books. */
  async repaid(): Promise<ReadonlyMap<string, number>> {
    const response = await fetch(`${this.shop.emulator.url}/emulator/books/refunds`);
    const refunds = (await response.json()) as { transaction_id: string; amount_minor: number; status: string }[];
    const repaid = new Map<string, number>();
    for (const { transaction_id: id, amount_minor: minor, status } of refunds)
      if (status === 'SUCCESS') repaid.set(id, (repaid.get(id) ?? 0) + minor);
    return repaid;
  }

  async stockOf(skuId: SkuId): Promise<Pick<Stock, 'onHand' | 'reserved' | 'sold'>> {
    const { onHand, reserved, sold } = await this.shop.source.manager.findOneByOrFail(Stock, { skuId });
    return { onHand, reserved, sold };
  }

  #begin(): void {
    this.shop.app.useLogger(this.log);
    this.whenOpened(this.shop.app);
  }
}
