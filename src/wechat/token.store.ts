import { Injectable } from '@nestjs/common';
import { Config, MachineClock, secondsAfter } from '#common';
import { ChannelError } from './channel.error.js';
import { MiniProgramHttp } from './mini-program.http.js';

/** WeChat makes the next token five minutes before the end of the last, and both work until then. */
const RENEW_BEFORE_SECONDS = 300;

/** Not valid or not the newest; unknown; expired. */
const REJECTED_TOKEN: ReadonlySet<string> = new Set(['40001', '40014', '42001']);

interface Token {
  readonly value: string;
  readonly renewAt: Date;
}

/**
 * The access token of the mini-program API.
 * Memory is the right place for it: `stable_token` gives every process the same token, so none makes another's invalid.
 */
@Injectable()
export class TokenStore {
  private token: Token | null = null;
  private pending: Promise<Token> | null = null;

  constructor(
    private readonly config: Config,
    private readonly clock: MachineClock,
    private readonly http: MiniProgramHttp,
  ) {}

  /**
   * A token that works for the next minutes. Callers who come while one is being fetched share it.
   *
   * @throws ChannelError
   */
  async get(): Promise<string> {
    if (this.token && this.clock.now() < this.token.renewAt) return this.token.value;
    this.pending ??= this.fetch().finally(() => {
      this.pending = null;
    });
    return (await this.pending).value;
  }

  /** Forgets a token that WeChat rejected; a late failure of an old token does not cost us the new one. */
  invalidate(value: string): void {
    if (this.token?.value === value) this.token = null;
  }

  /**
   * Calls with the token, and once more with a new one when WeChat rejects it.
   *
   * @throws ChannelError when the new one is rejected too, or for any other reason of the call
   */
  async use<T>(call: (accessToken: string) => Promise<T>): Promise<T> {
    const value = await this.get();
    try {
      return await call(value);
    } catch (error) {
      if (!(error instanceof ChannelError) || !REJECTED_TOKEN.has(error.code)) throw error;
      this.invalidate(value);
      return call(await this.get());
    }
  }

  private async fetch(): Promise<Token> {
    // Counted from before the request, so that a slow reply cannot make the token look younger than it is.
    const askedAt = this.clock.now();
    this.token = await this.http.call(
      {
        method: 'POST',
        path: '/cgi-bin/stable_token',
        body: {
          grant_type: 'client_credential',
          appid: this.config.WECHAT_APP_ID,
          secret: this.config.WECHAT_APP_SECRET,
        },
      },
      (reply) => ({
        value: reply.text('access_token'),
        renewAt: secondsAfter(askedAt, reply.integer('expires_in') - RENEW_BEFORE_SECONDS),
      }),
    );
    return this.token;
  }
}
