import type { DeliveryInput } from '#orders';
import type { ShopApi, Union } from './shop-api.js';
import type { WechatApp } from './wechat-app.js';

/** A seat, or why not; the checkout pays for the seat. */
export interface SeatAnswer extends Union {
  readonly order?: { readonly id: string; readonly checkout: { readonly id: string } };
}

export interface PaySheetAnswer extends Union {
  readonly package?: string;
}

interface Session extends Union {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: string;
  readonly refreshToken: string;
}

const SESSION = '__typename ... on Login { accessToken accessTokenExpiresAt refreshToken }';
const LOGIN = `mutation Login($input: LoginInput!) { login(input: $input) { ${SESSION} } }`;
const REFRESH = `mutation SessionRefresh($input: SessionRefreshInput!) { sessionRefresh(input: $input) { ${SESSION} } }`;
const TEAMS = `query Teams($offerId: ID!, $first: Int!) {
  teams(offerId: $offerId, first: $first) { edges { node { id size seatsPaid expiresAt } } }
}`;
const SEAT =
  '__typename ... on Seat { id heldUntil order { id checkout { id payableMinor } } } ... on Refusal { message }';
const OPEN = `mutation TeamOpen($input: TeamOpenInput!) { teamOpen(input: $input) { ${SEAT} } }`;
const JOIN = `mutation TeamJoin($input: TeamJoinInput!) { teamJoin(input: $input) { ${SEAT} } }`;
const START = `mutation PaymentStart($input: CheckoutInput!) {
  paymentStart(input: $input) { __typename ... on PaySheet { timeStamp nonceStr package signType paySign } ... on Refusal { message } }
}`;

/** As many as a page shows at once. */
const TEAMS_SHOWN = 3;
const REFRESH_BEFORE_MILLISECONDS = 60_000;

/** Somebody's phone with the mini-program on it. It logs in when it is first used, stays logged in, and has everything sent to one address. */
export class Phone {
  #session: Promise<Session> | null = null;

  constructor(
    readonly person: string,
    private readonly delivery: DeliveryInput,
    private readonly shop: ShopApi,
    private readonly wechat: WechatApp,
  ) {}

  /** The team that is nearest to full of those that one can join by an offer; null if there is none. */
  async nearestTeam(offerId: string): Promise<string | null> {
    const { edges } = await this.#ask<{ edges: { node: { id: string } }[] }>('find team', TEAMS, {
      offerId,
      first: TEAMS_SHOWN,
    });
    return edges[0]?.node.id ?? null;
  }

  open(offerId: string, quantity: number, idempotencyKey: string): Promise<SeatAnswer> {
    return this.#ask('open team', OPEN, { input: { offerId, quantity, delivery: this.delivery, idempotencyKey } });
  }

  join(teamId: string, quantity: number, idempotencyKey: string): Promise<SeatAnswer> {
    return this.#ask('join team', JOIN, { input: { teamId, quantity, delivery: this.delivery, idempotencyKey } });
  }

  startPayment(checkoutId: string): Promise<PaySheetAnswer> {
    return this.#ask('start payment', START, { input: { checkoutId } });
  }

  async #ask<Result>(step: string, query: string, variables: object): Promise<Result> {
    const { accessToken } = await this.#liveSession();
    return this.shop.ask(step, query, variables, accessToken);
  }

  /** Several things may be under way on one phone; they share one login. */
  async #liveSession(): Promise<Session> {
    this.#session ??= this.#login();
    const current = this.#session;
    const session = await current;
    const leftMilliseconds = Date.parse(session.accessTokenExpiresAt) - Date.now();
    if (leftMilliseconds > REFRESH_BEFORE_MILLISECONDS) return session;
    if (this.#session === current) this.#session = this.#refresh(session);
    return this.#session;
  }

  async #login(): Promise<Session> {
    const code = await this.wechat.loginCode(this.person);
    return sessionIn(await this.shop.ask('login', LOGIN, { input: { code } }));
  }

  async #refresh({ refreshToken }: Session): Promise<Session> {
    return sessionIn(await this.shop.ask('refresh login', REFRESH, { input: { refreshToken } }));
  }
}

function sessionIn(answer: Session): Session {
  if (answer.__typename !== 'Login') throw new Error(`cannot log in: ${answer.__typename}`);
  return answer;
}
