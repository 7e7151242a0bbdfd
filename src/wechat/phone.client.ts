import { Injectable } from '@nestjs/common';
import { Config, MachineClock } from '#common';
import { refusalCode } from './channel.error.js';
import { MiniProgramHttp } from './mini-program.http.js';
import { Malformed, type Reader } from './reader.js';
import { TokenStore } from './token.store.js';

/** Invalid, expired or used; that of somebody else; used, as some interfaces say it. */
const BAD_CODE: ReadonlySet<string | null> = new Set(['40029', '40003', '40163']);
const TOO_FREQUENT = '45011';

/** A code lives for five minutes; as much again is granted to clocks that differ. */
const WATERMARK_SECONDS = 600;

/** The code cannot be exchanged, now or later: the person taps the button again. */
export class PhoneCodeRejected extends Error {
  override readonly name = 'PhoneCodeRejected';

  constructor(cause: unknown) {
    super('the code for a telephone number is rejected', { cause });
  }
}

/** WeChat was asked too often in this minute. The code was not used. */
export class PhoneAskedTooOften extends Error {
  override readonly name = 'PhoneAskedTooOften';

  constructor(cause: unknown) {
    super('telephone numbers were asked for too often', { cause });
  }
}

/** A telephone number, in digits. */
export interface PhoneNumber {
  /** Without the plus: `86`. */
  readonly countryCode: string;
  /** Without the country code. */
  readonly number: string;
}

@Injectable()
export class PhoneClient {
  constructor(
    private readonly config: Config,
    private readonly machine: MachineClock,
    private readonly tokens: TokenStore,
    private readonly http: MiniProgramHttp,
  ) {}

  /**
   * The number that somebody allowed the shop to see, for the code of the `getPhoneNumber` button. A code works once, within five minutes, and
   * for nobody but who tapped.
   *
   * @throws PhoneCodeRejected when the code is invalid, expired, used or somebody else's
   * @throws PhoneAskedTooOften when WeChat allows no more for now
   * @throws ChannelError when WeChat cannot be asked, does not answer, or answers for another mini-program or another time
   */
  async exchange(code: string, openid: string): Promise<PhoneNumber> {
    try {
      return await this.tokens.use((accessToken) =>
        this.http.call(
          {
            method: 'POST',
            path: '/wxa/business/getuserphonenumber',
            query: { access_token: accessToken },
            body: { code, openid },
          },
          (reply) => this.#read(reply.object('phone_info')),
        ),
      );
    } catch (error) {
      const fault = refusalCode(error);
      if (BAD_CODE.has(fault)) throw new PhoneCodeRejected(error);
      throw fault === TOO_FREQUENT ? new PhoneAskedTooOften(error) : error;
    }
  }

  #read(info: Reader): PhoneNumber {
    const watermark = info.object('watermark');
    if (watermark.text('appid') !== this.config.WECHAT_APP_ID)
      throw new Malformed('phone_info.watermark.appid is that of another mini-program');
    const ageSeconds = this.machine.now().getTime() / 1_000 - watermark.integer('timestamp');
    if (Math.abs(ageSeconds) > WATERMARK_SECONDS)
      throw new Malformed('phone_info.watermark.timestamp is of another time');
    return { countryCode: info.digits('countryCode', 3), number: info.digits('purePhoneNumber', 14) };
  }
}
