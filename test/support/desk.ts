import { totpCode, totpStepAt } from '../../src/identity/staff/totp.rules.js';
import { fromBase32 } from '../../src/identity/staff/base32.js';
import type { Decision } from '#common';
import type { Invitation, StaffId, StaffRole } from '#identity';
import { type Answer, Client } from './client.js';

export const PASSWORD = 'correct horse battery staple';
export const BY_TEST: Decision = { by: 'command:test', reason: 'works in the shop of a test' };

export interface StaffAnswer {
  readonly __typename: string;
  readonly message?: string;
  readonly retryAfterSeconds?: number;
  readonly accessToken?: string;
  readonly refreshToken?: string;
  readonly staff?: { readonly id: StaffId; readonly loginName: string; readonly roles: readonly StaffRole[] };
}

interface Enrolment {
  readonly __typename: string;
  readonly secret: string;
  readonly otpauthUri: string;
}

const REFUSAL = '... on Refusal { message } ... on TooManyAttempts { retryAfterSeconds }';
const LOGIN = `__typename ... on StaffLogin { accessToken refreshToken staff { id loginName roles } } ${REFUSAL}`;
const ENROL = `mutation ($input: StaffEnrolInput!) { staffEnrol(input: $input) {
  __typename ... on StaffEnrolment { secret otpauthUri } ${REFUSAL} } }`;
const CONFIRM = `mutation ($input: StaffEnrolConfirmInput!) { staffEnrolConfirm(input: $input) {
  __typename ... on StaffEnrolled { recoveryCodes staff { id } } ${REFUSAL} } }`;
export const STAFF_LOGIN = `mutation ($input: StaffLoginInput!) { staffLogin(input: $input) { ${LOGIN} } }`;
const REFRESH = `mutation ($input: SessionRefreshInput!) { staffSessionRefresh(input: $input) { ${LOGIN} } }`;

/** Where one of the staff works: a browser, with the person's authenticator and the paper with the recovery codes beside it. */
export class Desk extends Client {
  refreshToken = '';
  recoveryCodes: string[] = [];
  #secret: Buffer = Buffer.alloc(0);

  constructor(
    shopUrl: string,
    readonly loginName: string,
  ) {
    super(shopUrl, null);
  }

  /** Sets the password, scans the secret and proves it. */
  async enrol({ enrolmentCode }: Pick<Invitation, 'enrolmentCode'>, password = PASSWORD): Promise<void> {
    await this.scan(enrolmentCode, password);
    const { recoveryCodes } = await this.confirm(enrolmentCode, this.code());
    this.recoveryCodes = recoveryCodes;
  }

  async scan(enrolmentCode: string, password = PASSWORD): Promise<Enrolment> {
    this.accessToken = null; // Whoever enrols has nothing to show yet.
    const enrolment = await this.ask<Enrolment>(ENROL, { input: { enrolmentCode, password } });
    if (enrolment.__typename === 'StaffEnrolment') this.learn(enrolment.secret);
    return enrolment;
  }

  /** Gives the authenticator a secret, in Base32. */
  learn(secret: string): void {
    this.#secret = fromBase32(secret);
  }

  confirm(enrolmentCode: string, code: string): Promise<{ __typename: string; recoveryCodes: string[] }> {
    return this.ask(CONFIRM, { input: { enrolmentCode, code } });
  }

  /** What the authenticator shows, now or some steps of half a minute later. */
  code(stepsLater = 0): string {
    return totpCode(this.#secret, totpStepAt(new Date()) + stepsLater);
  }

  /** Six digits that are none of the authenticator's now. */
  wrongCode(): string {
    const near = [-2, -1, 0, 1, 2].map((steps) => this.code(steps));
    return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code))!;
  }

  nextRecoveryCode(): string {
    return this.recoveryCodes.shift()!;
  }

  /** What comes of an attempt to log in; nothing is remembered of it. */
  async tryLogin(said: { loginName?: string; password?: string; code: string }, headers = {}): Promise<StaffAnswer> {
    const input = { loginName: this.loginName, password: PASSWORD, ...said };
    const { data } = await new Client(this.shopUrl, null).send(STAFF_LOGIN, { input }, headers);
    return (data as unknown as { staffLogin: StaffAnswer }).staffLogin;
  }

  /** Logs in and stays so; with a recovery code, because the authenticator's code may have been used a moment ago. */
  async login(code = this.nextRecoveryCode()): Promise<StaffAnswer> {
    const login = await this.tryLogin({ code });
    if (login.__typename !== 'StaffLogin') throw new Error(`cannot log in: ${login.__typename}`);
    this.accessToken = login.accessToken!;
    this.refreshToken = login.refreshToken!;
    return login;
  }

  refresh(refreshToken = this.refreshToken): Promise<StaffAnswer> {
    return new Client(this.shopUrl, null).ask(REFRESH, { input: { refreshToken } });
  }

  async staffId(): Promise<StaffId> {
    const { id } = await this.ask<{ id: StaffId }>('{ staffMe { id } }');
    return id;
  }

  /** OK, or the code of the error. */
  async state(): Promise<string> {
    return codeOf(await this.send('{ staffMe { id } }'));
  }
}

export function codeOf({ errors }: Answer): string {
  return errors?.[0]?.extensions.code ?? 'OK';
}
