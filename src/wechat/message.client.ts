import { Injectable } from '@nestjs/common';
import { Config } from '#common';
import { ChannelError } from './channel.error.js';
import { MiniProgramHttp, type MiniProgramRequest } from './mini-program.http.js';
import { TokenStore } from './token.store.js';

/** A subscribe message as WeChat takes it. */
export interface SubscribeMessage {
  readonly openid: string;
  readonly templateId: string;
  /** The page of the mini-program that it opens, with its query; null opens none. */
  readonly page: string | null;
  /** What is in each field of the template, by the field's key, such as `thing1`. */
  readonly data: Readonly<Record<string, string>>;
}

/** What became of it. `UNKNOWN`: it may have been sent. `NOT_SENT`: it was not. */
export type SendResult =
  | { readonly kind: 'SENT' }
  | { readonly kind: 'UNKNOWN' | 'NOT_SENT'; readonly code: string; readonly problem: string };

/** Sends the messages that people have allowed, one for each time they did (订阅消息). */
@Injectable()
export class MessageClient {
  constructor(
    private readonly config: Config,
    private readonly tokens: TokenStore,
    private readonly http: MiniProgramHttp,
  ) {}

  /** Asks WeChat once to send a message. It does not know repetitions for what they are: whoever asks twice may send twice. */
  async send({ openid, templateId, page, data }: SubscribeMessage): Promise<SendResult> {
    const body = {
      touser: openid,
      template_id: templateId,
      ...(page !== null && { page }),
      data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, { value }])),
      miniprogram_state: this.config.SUBSCRIBE_STATE,
      lang: 'zh_CN',
    };
    const path = '/cgi-bin/message/subscribe/send';
    const request = { method: 'POST', path, body } as const;
    const way = { isOpen: false };
    try {
      await this.tokens.use((accessToken) => this.#ask({ ...request, query: { access_token: accessToken } }, way));
      return { kind: 'SENT' };
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      const { code, message: problem } = error;
      // Without a token the message was never on its way.
      return { kind: way.isOpen ? 'UNKNOWN' : 'NOT_SENT', code, problem };
    }
  }

  /** Asks, and says of the way whether the message may be on it: no more once it was refused. */
  async #ask(request: MiniProgramRequest, way: { isOpen: boolean }): Promise<void> {
    way.isOpen = true;
    try {
      await this.http.call(request, nothing);
    } catch (error) {
      way.isOpen = !(error instanceof ChannelError && error.outcome === 'REFUSED');
      throw error;
    }
  }
}

/** What is read of a reply that says no more than yes. */
function nothing(): void {
  return undefined;
}
