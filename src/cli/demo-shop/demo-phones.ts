import type { INestApplicationContext } from '@nestjs/common';
import type { SkuId } from '#catalog';
import { IdentityService, ProfilesService, type UserId } from '#identity';
import { type CheckoutId, CheckoutsService } from '#orders';
import { ConsentsService, versionOf } from '#privacy';
import {
  LeavingService,
  type OfferId,
  type Seat,
  type SeatId,
  SeatingService,
  type TeamId,
  type TeamOpenInput,
} from '#teams';
import type { WechatApp } from '../replay/wechat-app.js';
import type { DemoPerson } from './people.js';

/** Where services are got from. */
export type Services = Pick<INestApplicationContext, 'get'>;

const HERE = '127.0.0.1';

/** What somebody orders with a seat, and where to. */
function orderOf({ address }: DemoPerson): Pick<TeamOpenInput, 'quantity' | 'delivery'> {
  return { quantity: 1, delivery: { address: { ...address } } };
}

/** The phones of the demo shop's people: what they do goes through the services that the API calls, and through WeChat. */
export class DemoPhones {
  readonly #ids = new Map<string, Promise<UserId>>();

  constructor(
    private readonly app: Services,
    private readonly wechat: WechatApp,
  ) {}

  /** Somebody's id in the shop; they log in when they are first asked for. */
  idOf(who: DemoPerson): Promise<UserId> {
    const known = this.#ids.get(who.person) ?? this.#logIn(who);
    this.#ids.set(who.person, known);
    return known;
  }

  async open(who: DemoPerson, choice: { offerId: OfferId; skuId: SkuId }, idempotencyKey: string): Promise<Seat> {
    const seating = this.app.get(SeatingService, { strict: false });
    return seating.open(await this.idOf(who), { ...choice, ...orderOf(who), idempotencyKey });
  }

  async join(who: DemoPerson, choice: { teamId: TeamId; skuId: SkuId }, idempotencyKey: string): Promise<Seat> {
    const seating = this.app.get(SeatingService, { strict: false });
    return seating.join(await this.idOf(who), { ...choice, ...orderOf(who), idempotencyKey });
  }

  /** Pays, unless that was done; WeChat is asked whether it has the money, because nobody may be there to hear it call. */
  async pay(who: DemoPerson, checkoutId: CheckoutId): Promise<void> {
    const checkouts = this.app.get(CheckoutsService, { strict: false });
    const id = await this.idOf(who);
    const { status } = await checkouts.confirmPayment(id, checkoutId);
    if (status === 'PAID') return;
    const sheet = await checkouts.startPayment(id, checkoutId);
    const prepayId = sheet.package.replace('prepay_id=', '');
    await this.wechat.pay({ person: who.person, prepayId, isUntold: true });
    await checkouts.confirmPayment(id, checkoutId);
  }

  async leave(who: DemoPerson, seatId: SeatId, idempotencyKey: string): Promise<void> {
    await this.app.get(LeavingService, { strict: false }).leave(await this.idOf(who), { seatId, idempotencyKey });
  }

  async #logIn({ person, nickname }: DemoPerson): Promise<UserId> {
    const code = await this.wechat.loginCode(person);
    const { user } = await this.app.get(IdentityService, { strict: false }).login(code, HERE);
    await this.app.get(ProfilesService, { strict: false }).update(user.id, { nickname });
    const consents = this.app.get(ConsentsService, { strict: false });
    const shown = { purpose: 'SHOW_PROFILE', version: versionOf('SHOW_PROFILE') } as const;
    await consents.give({ userId: user.id, language: 'zh' }, shown);
    return user.id;
  }
}
