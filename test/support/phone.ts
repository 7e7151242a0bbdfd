import { randomUUID } from 'node:crypto';
import type { ConsentPurpose } from '#common';
import type { UserId } from '#identity';
import type { DeliveryInput } from '#orders';
import { versionOf } from '#privacy';
import { Client } from './client.js';
import { aDelivery } from './deliveries.js';

export interface SeatAnswer {
  readonly __typename: string;
  readonly id: string;
  readonly status: string;
  readonly team: { readonly id: string; readonly status: string };
  readonly order: {
    readonly id: string;
    readonly status: string;
    readonly checkout: { readonly id: string; readonly payableMinor: number };
  };
}

export interface CheckoutAnswer {
  readonly __typename: string;
  readonly id: string;
  readonly status: string;
  readonly payableMinor: number;
  readonly orders: { readonly id: string; readonly status: string }[];
}

export interface PaySheetAnswer {
  readonly __typename: string;
  readonly package: string;
}

export interface PaidAnswer {
  readonly transaction_id: string;
  readonly out_trade_no: string;
  readonly amount_total: number;
  readonly success_time: string;
}

export interface PayOptions {
  readonly again?: boolean;
  readonly ignore_expiry?: boolean;
  readonly success_time?: string;
  readonly amount_total?: number;
  readonly notify?: { readonly copies?: number; readonly delay_ms?: number; readonly lose?: boolean };
}

const CHECKOUT = '... on Checkout { id status payableMinor orders { id status } }';
const SEAT = '... on Seat { id status team { id status } order { id status checkout { id payableMinor } } }';
const REFUSAL = '... on Refusal { message }';

/** Somebody's phone with the mini-program on it: logs in, buys, joins and pays as people do. */
export class Phone extends Client {
  refreshToken = '';

  constructor(
    readonly person: string,
    shopUrl: string,
    private readonly wechatUrl: string,
  ) {
    super(shopUrl, null);
  }

  /** What `wx.login` gives. */
  async loginCode(): Promise<string> {
    const { code } = await this.#wechat<{ code: string }>('/emulator/login-codes', { person: this.person });
    return code;
  }

  /** What the `getPhoneNumber` button gives. Whose number is not named has one of their own. */
  async phoneCode(number: { country_code?: string | number; pure_phone_number?: string } = {}): Promise<string> {
    const { code } = await this.#wechat<{ code: string }>('/emulator/phone-codes', { person: this.person, ...number });
    return code;
  }

  /** What `wx.requestSubscribeMessage` tells once its owner has said yes to everything. */
  subscribe(templateIds: readonly string[]): Promise<Readonly<Record<string, string>>> {
    const answers = templateIds.map((templateId) => ({ template_id: templateId, accept: true }));
    return this.#wechat('/emulator/subscribe-answers', { person: this.person, answers });
  }

  async login(): Promise<void> {
    this.accessToken = null; // Whoever logs in has nothing to show yet.
    const login = await this.ask<{ accessToken: string; refreshToken: string }>(
      'mutation ($input: LoginInput!) { login(input: $input) { ... on Login { accessToken refreshToken } } }',
      { input: { code: await this.loginCode() } },
    );
    this.accessToken = login.accessToken;
    this.refreshToken = login.refreshToken;
  }

  /** Whose phone it is, as the shop knows them. */
  async userId(): Promise<UserId> {
    const { id } = await this.ask<{ id: UserId }>('{ me { id } }');
    return id;
  }

  /** Agrees to the text of today. */
  async agree(purpose: ConsentPurpose): Promise<void> {
    const { __typename } = await this.ask<{ __typename: string }>(
      'mutation ($input: ConsentGiveInput!) { consentGive(input: $input) { __typename } }',
      { input: { purpose, version: versionOf(purpose) } },
    );
    if (__typename !== 'PrivacyConsent') throw new Error(`cannot agree: ${__typename}`);
  }

  /** Agrees no longer. */
  async withdraw(purpose: ConsentPurpose): Promise<void> {
    const { isGiven } = await this.ask<{ isGiven: boolean }>(
      'mutation ($input: ConsentWithdrawInput!) { consentWithdraw(input: $input) { ... on PrivacyConsent { isGiven } } }',
      { input: { purpose } },
    );
    if (isGiven) throw new Error(`still agrees to ${purpose}`);
  }

  buy(
    skuId: string,
    quantity = 1,
    idempotencyKey: string = randomUUID(),
    delivery: DeliveryInput = aDelivery(),
  ): Promise<CheckoutAnswer> {
    return this.ask(
      `mutation ($input: CheckoutPlaceInput!) { checkoutPlace(input: $input) { __typename ${CHECKOUT} ${REFUSAL} } }`,
      { input: { lines: [{ skuId, quantity }], delivery, idempotencyKey } },
    );
  }

  open(
    offerId: string,
    quantity = 1,
    idempotencyKey: string = randomUUID(),
    delivery: DeliveryInput = aDelivery(),
  ): Promise<SeatAnswer> {
    return this.ask(`mutation ($input: TeamOpenInput!) { teamOpen(input: $input) { __typename ${SEAT} ${REFUSAL} } }`, {
      input: { offerId, quantity, delivery, idempotencyKey },
    });
  }

  join(
    teamId: string,
    quantity = 1,
    idempotencyKey: string = randomUUID(),
    delivery: DeliveryInput = aDelivery(),
  ): Promise<SeatAnswer> {
    return this.ask(`mutation ($input: TeamJoinInput!) { teamJoin(input: $input) { __typename ${SEAT} ${REFUSAL} } }`, {
      input: { teamId, quantity, delivery, idempotencyKey },
    });
  }

  startPayment(checkoutId: string): Promise<PaySheetAnswer> {
    return this.ask(
      `mutation ($input: CheckoutInput!) { paymentStart(input: $input) { __typename ... on PaySheet { package } ${REFUSAL} } }`,
      { input: { checkoutId } },
    );
  }

  confirmPayment(checkoutId: string): Promise<CheckoutAnswer> {
    return this.ask(`mutation ($input: CheckoutInput!) { paymentConfirm(input: $input) { ${CHECKOUT} } }`, {
      input: { checkoutId },
    });
  }

  cancel(checkoutId: string): Promise<CheckoutAnswer> {
    return this.ask(
      `mutation ($input: CheckoutInput!) { checkoutCancel(input: $input) { __typename ${CHECKOUT} ${REFUSAL} } }`,
      { input: { checkoutId } },
    );
  }

  /** Starts the payment and pays it in WeChat; the notification follows by itself. */
  async pay(checkoutId: string, options: PayOptions = {}): Promise<void> {
    const sheet = await this.startPayment(checkoutId);
    if (sheet.__typename !== 'PaySheet') throw new Error(`cannot pay: ${sheet.__typename}`);
    await this.payPrepaid(sheet.package.replace('prepay_id=', ''), options);
  }

  /** Pays in WeChat, and gives what WeChat says of it. */
  async payPrepaid(prepayId: string, options: PayOptions = {}): Promise<PaidAnswer> {
    return this.#wechat('/emulator/payments', { prepay_id: prepayId, person: this.person, ...options });
  }

  async #wechat<Reply>(path: string, body: object): Promise<Reply> {
    const response = await fetch(`${this.wechatUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`the emulator refuses ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as Reply;
  }
}
