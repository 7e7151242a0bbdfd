import { Injectable } from '@nestjs/common';
import { Config } from '#common';
import { ChannelError } from './channel.error.js';
import { MiniProgramHttp } from './mini-program.http.js';
import { shareFailure } from './share.rejected.js';
import { TokenStore } from './token.store.js';

const PATH = '/wxa/getwxacodeunlimit';
const FILES = [
  { type: 'JPEG', begins: Buffer.from([0xff, 0xd8, 0xff]) },
  { type: 'PNG', begins: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') },
] as const;

export interface CodeRequest {
  /** What the page is given, 1 to 32 visible characters without `%`. */
  readonly scene: string;
  /** Of the mini-program, without a leading slash and without a query. */
  readonly page: string;
  /** In pixels, 280 to 1280. */
  readonly width: number;
}

/** The picture of a code. */
export interface CodeFile {
  readonly type: 'JPEG' | 'PNG';
  readonly body: Buffer;
}

/** Mini-program codes: pictures that WeChat's camera opens as a page (getwxacodeunlimit). */
@Injectable()
export class CodesClient {
  constructor(
    private readonly config: Config,
    private readonly tokens: TokenStore,
    private readonly http: MiniProgramHttp,
  ) {}

  /**
   * The code of a scene. It never expires; asking again costs one more of the 5,000 that WeChat makes in a minute.
   *
   * @throws ShareRejected when WeChat has made enough for now, or there is no such page
   * @throws ChannelError when it cannot be asked, does not answer, or answers with what is no picture
   */
  async make({ scene, page, width }: CodeRequest): Promise<CodeFile> {
    const version = this.config.WECHAT_ENV_VERSION;
    // Pages of versions that are not released are known to nobody who could check them.
    const body = { scene, page, check_path: version === 'release', env_version: version, width };
    try {
      return await this.tokens.use(async (accessToken) =>
        picture(await this.http.file({ method: 'POST', path: PATH, query: { access_token: accessToken }, body })),
      );
    } catch (error) {
      throw shareFailure(error);
    }
  }
}

function picture(body: Buffer): CodeFile {
  const file = FILES.find(({ begins }) => body.subarray(0, begins.length).equals(begins));
  if (file) return { type: file.type, body };
  const exchange = { call: `POST ${PATH}`, httpStatus: 200, requestId: null };
  throw new ChannelError(exchange, { code: 'BAD_REPLY', outcome: 'UNKNOWN', detail: 'neither a JPEG nor a PNG' });
}
