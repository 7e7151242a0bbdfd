import { DataSource, type EntityManager } from 'typeorm';
import { Sku, type SkuId } from '#catalog';
import { Refused } from '#common';
import { Order, RefundingService } from '#orders';
import { type OfferId, OfferPrice, Seat, Team, type TeamId } from '#teams';
import type { WechatApp } from '../replay/wechat-app.js';
import type { DemoPhones, Services } from './demo-phones.js';
import { Errands } from './errands.js';
import type { DemoManager } from './demo-manager.js';
import type { DemoPerson } from './people.js';
import type { Story } from './stories.js';

/** The story did not come out as it is told; told once more, with a new team, it may. */
export class StoryWentWrong extends Error {
  override readonly name = 'StoryWentWrong';
}

/** A team's place in the shop. */
interface Scene {
  readonly offerId: OfferId;
  readonly skuId: SkuId;
}

/** Somebody's place in a team. */
interface Place {
  readonly who: DemoPerson;
  readonly seat: Seat;
  readonly order: Order;
}

/** Tells stories by doing what they tell of. What is done already is not done again, so a story that was cut short goes on. */
export class Storyteller {
  readonly #db: EntityManager;
  readonly #errands: Errands;

  constructor(
    private readonly app: Services,
    private readonly wechat: WechatApp,
    private readonly phones: DemoPhones,
    private readonly manager: DemoManager,
  ) {
    this.#db = app.get(DataSource).manager;
    this.#errands = new Errands(app);
  }

  /**
   * The team of a story, once all of it is told. One that was begun so long ago that time has passed it by is told anew, with another team.
   *
   * @throws Refused if the shop says no; ChannelError if WeChat does; StoryWentWrong
   */
  async tell(story: Story): Promise<Team> {
    const scene = await sceneOf(this.#db, story);
    const openerId = await this.phones.idOf(story.opener);
    const opened = await this.#db.find(Seat, {
      where: { offerId: scene.offerId, buyerId: openerId },
      order: { id: 'DESC' },
    });
    const [latest] = opened;
    if (latest) {
      try {
        return await this.#goOn(story, scene, latest.teamId);
      } catch (error) {
        if (!(error instanceof Refused || error instanceof StoryWentWrong)) throw error;
      }
    }
    const { teamId } = await this.phones.open(story.opener, scene, `demo-${opened.length}-${scene.offerId}`);
    return this.#goOn(story, scene, teamId);
  }

  async #goOn(story: Story, { skuId }: Scene, teamId: TeamId): Promise<Team> {
    for (const { who, deed } of story.acts) {
      if (deed === 'JOINS') await this.#join(who, { teamId, skuId });
      else if (deed === 'PAYS') await this.#pay(await this.#placeOf(who, teamId));
      else if (deed === 'LEAVES') await this.#leave(await this.#placeOf(who, teamId), story);
      else await this.#refund(await this.#placeOf(who, teamId));
    }
    return this.#db.findOneByOrFail(Team, { id: teamId });
  }

  async #join(who: DemoPerson, choice: { teamId: TeamId; skuId: SkuId }): Promise<void> {
    const { teamId } = choice;
    const isIn = await this.#db.existsBy(Seat, { teamId, buyerId: await this.phones.idOf(who) });
    if (!isIn) await this.phones.join(who, choice, `demo-${teamId}`);
  }

  async #pay({ who, seat, order }: Place): Promise<void> {
    if (seat.paidAt) return;
    await this.phones.pay(who, order.checkoutId);
    await this.#errands.until(seat, ({ paidAt }) => paidAt !== null);
  }

  async #leave({ who, seat, order }: Place, { isRefundStuck = false }: Story): Promise<void> {
    if (isRefundStuck && !(await this.#errands.isRefundSent(order)))
      await this.wechat.arm({ operation: 'refund', kind: 'abnormal' });
    if (isIn(seat)) await this.phones.leave(who, seat.id, `demo-${seat.id}`);
    await this.#errands.until(seat, (left) => !isIn(left));
    const isBack = await this.#errands.bringBack(order);
    if (isBack && isRefundStuck) throw new StoryWentWrong(`${who.person} got the money back after all`);
    if (isBack) await this.#errands.until(seat, ({ status }) => status === 'REFUNDED');
  }

  async #refund({ seat, order }: Place): Promise<void> {
    const amountMinor = order.payableMinor - order.refundingMinor;
    if (amountMinor > 0) {
      const managerId = await this.manager.id();
      const refund = { orderId: order.id, amountMinor, note: '质量问题，全额退款', idempotencyKey: `demo-${order.id}` };
      await this.app.get(RefundingService, { strict: false }).refundPart(managerId, refund);
    }
    const isBack = await this.#errands.bringBack(order);
    if (isBack) await this.#errands.until(seat, ({ status }) => status === 'REFUNDED_AFTER');
  }

  async #placeOf(who: DemoPerson, teamId: TeamId): Promise<Place> {
    const seat = await this.#db.findOneByOrFail(Seat, { teamId, buyerId: await this.phones.idOf(who) });
    return { who, seat, order: await this.#db.findOneByOrFail(Order, { id: seat.orderId }) };
  }
}

/** Where a story plays: the first offer that its SKU has had. */
export async function sceneOf(db: EntityManager, { skuCode }: Story): Promise<Scene> {
  const { id: skuId } = await db.findOneByOrFail(Sku, { code: skuCode });
  const [price] = await db.find(OfferPrice, { where: { skuId }, order: { offerId: 'ASC' }, take: 1 });
  if (!price) throw new Error(`${skuCode} has no offer`);
  return { offerId: price.offerId, skuId };
}

/** Held or paid: there is a seat to leave. */
function isIn({ status }: Seat): boolean {
  return status === 'HELD' || status === 'PAID';
}
