import { Injectable } from '@nestjs/common';
import { Config } from '#common';
import { refusalCode } from './channel.error.js';
import { MiniProgramHttp } from './mini-program.http.js';

export type LoginCodeFault = 'INVALID_OR_EXPIRED' | 'USED' | 'HIGH_RISK_USER';

const FAULTS: ReadonlyMap<string | null, LoginCodeFault> = new Map([
  ['40029', 'INVALID_OR_EXPIRED'],
  ['40163', 'USED'],
  ['40226', 'HIGH_RISK_USER'],
]);

/** The code cannot be exchanged, now or later: the client asks `wx.login` for another, unless the user is blocked. */
export class LoginCodeRejected extends Error {
  override readonly name = 'LoginCodeRejected';

  constructor(
    readonly reason: LoginCodeFault,
    cause: unknown,
  ) {
    super(`the login code is rejected: ${reason}`, { cause });
  }
}

export interface WechatIdentity {
  readonly openid: string;
  /** Null unless the mini-program is bound to an Open Platform account. */
  readonly unionid: string | null;
  /** Decrypts what the phone sends of its owner until the next login. A secret: it is neither logged nor given to a phone. */
  readonly sessionKey: string;
}

@Injectable()
export class LoginClient {
  constructor(
    private readonly config: Config,
    private readonly http: MiniProgramHttp,
  ) {}

  /**
   * Who signed in, for a code of `wx.login`. A code works once, within five minutes.
   *
   * @throws LoginCodeRejected when the code is invalid, expired or used, or the user is blocked
   * @throws ChannelError when WeChat cannot be asked or does not answer
   */
  async exchange(code: string): Promise<WechatIdentity> {
    const query = {
      appid: this.config.WECHAT_APP_ID,
      secret: this.config.WECHAT_APP_SECRET,
      js_code: code,
      grant_type: 'authorization_code',
    };
    try {
      return await this.http.call({ method: 'GET', path: '/sns/jscode2session', query }, (reply) => ({
        openid: reply.text('openid'),
        unionid: reply.textOrNull('unionid'),
        sessionKey: reply.text('session_key'),
      }));
    } catch (error) {
      const fault = FAULTS.get(refusalCode(error));
      throw fault ? new LoginCodeRejected(fault, error) : error;
    }
  }
}
