import { Controller, Get, Header, HttpCode, Logger, Post, Query, type RawBodyRequest, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type PushFault, PushReader, PushRejected, type PushQuery } from './push.reader.js';
import { PushesService } from './pushes.service.js';

/** The address that is entered in WeChat's console, behind the base of ours. */
const PUSH_PATH = '/wechat/push';

const STATUSES: Readonly<Record<PushFault, number>> = { CLOSED: 404, BAD_SIGNATURE: 401, STALE: 401, UNREADABLE: 400 };

/** WeChat's other door: what it tells of the mini-program is verified, written down once, and worked off by jobs. It wants an answer within five seconds. */
@Controller()
export class PushController {
  readonly #logger = new Logger(PushController.name);

  constructor(
    private readonly reader: PushReader,
    private readonly pushes: PushesService,
  ) {}

  /** The check that WeChat makes when the address is entered. */
  @Get(PUSH_PATH)
  @Header('content-type', 'text/plain; charset=utf-8')
  check(@Query() query: PushQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return this.#answer(reply, () => Promise.resolve(this.reader.echo(query)));
  }

  @Post(PUSH_PATH)
  @HttpCode(200)
  @Header('content-type', 'text/plain; charset=utf-8')
  push(
    @Query() query: PushQuery,
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.#answer(reply, async () => {
      await this.pushes.store(this.reader.read(query, request.rawBody ?? Buffer.alloc(0)));
      return 'success';
    });
  }

  async #answer(reply: FastifyReply, work: () => Promise<string>): Promise<string> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PushRejected)) throw error;
      this.#logger.warn(error.message);
      reply.status(STATUSES[error.reason]);
      return error.reason;
    }
  }
}
