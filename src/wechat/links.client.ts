import { Injectable } from '@nestjs/common';
import { Config } from '#common';
import { MiniProgramHttp } from './mini-program.http.js';
import type { Reader } from './reader.js';
import { shareFailure } from './share.rejected.js';
import { TokenStore } from './token.store.js';

/** The expiry is counted in days from now. */
const IN_DAYS = 1;
/** The longest that WeChat keeps a link. */
export const LINK_DAYS_MAX = 30;

/** A page of the mini-program. */
export interface LinkPage {
  /** Without a leading slash. */
  readonly page: string;
  /** Without a question mark, at most 1,024 characters. */
  readonly query: string;
}

/** Links that open a page of the mini-program. Each asking makes another one, good for 30 days. */
@Injectable()
export class LinksClient {
  constructor(
    private readonly config: Config,
    private readonly tokens: TokenStore,
    private readonly http: MiniProgramHttp,
  ) {}

  /**
   * A link for messages and web pages outside of WeChat: `https://wxaurl.cn/…` (URL Link).
   *
   * @throws ShareRejected when WeChat has made enough for now, or there is no such page; ChannelError
   */
  urlLink({ page, query }: LinkPage): Promise<string> {
    const body = { path: page, query, ...this.#version, expire_type: IN_DAYS, expire_interval: LINK_DAYS_MAX };
    return this.#post('/wxa/generate_urllink', body, (reply) => reply.text('url_link'));
  }

  /**
   * A link that other apps open: `weixin://…` (URL Scheme).
   *
   * @throws as `urlLink` does
   */
  scheme({ page, query }: LinkPage): Promise<string> {
    const expiry = { is_expire: true, expire_type: IN_DAYS, expire_interval: LINK_DAYS_MAX };
    const body = { jump_wxa: { path: page, query, ...this.#version }, ...expiry };
    return this.#post('/wxa/generatescheme', body, (reply) => reply.text('openlink'));
  }

  /**
   * A text that WeChat's own chats open: `#小程序://…` (Short Link).
   *
   * @param title at most 20 characters, shown in the chat
   * @throws as `urlLink` does
   */
  shortLink({ page, query }: LinkPage, title: string): Promise<string> {
    const body = { page_url: `${page}?${query}`, page_title: title, is_permanent: false };
    return this.#post('/wxa/genwxashortlink', body, (reply) => reply.text('link'));
  }

  get #version(): { env_version: string } {
    return { env_version: this.config.WECHAT_ENV_VERSION };
  }

  async #post(path: string, body: object, read: (reply: Reader) => string): Promise<string> {
    try {
      return await this.tokens.use((accessToken) =>
        this.http.call({ method: 'POST', path, query: { access_token: accessToken }, body }, read),
      );
    } catch (error) {
      throw shareFailure(error);
    }
  }
}
