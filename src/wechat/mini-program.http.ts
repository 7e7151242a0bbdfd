import { Injectable } from '@nestjs/common';
import { Config } from '#common';
import { ChannelError } from './channel.error.js';
import { addressOf, type HttpReply, HttpTransport, readReply } from './http.js';
import { Malformed, type Reader } from './reader.js';

/** The one errcode that leaves open what happened: the system is busy. */
const BUSY = -1;
/** `{` */
const BRACE = 0x7b;

export interface MiniProgramRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** Requests to the mini-program API: plain JSON, trusted because of TLS, with status 200 even for errors. */
@Injectable()
export class MiniProgramHttp {
  constructor(
    private readonly config: Config,
    private readonly transport: HttpTransport,
  ) {}

  /**
   * What `read` makes of a reply without an error.
   *
   * @throws ChannelError whose code is the errcode, in digits
   */
  async call<T>(request: MiniProgramRequest, read: (reply: Reader) => T): Promise<T> {
    const reply = await this.send(request);
    if (reply.httpStatus !== 200) throw new ChannelError(reply, { code: 'BAD_REPLY', outcome: 'UNKNOWN' });

    return readReply(reply, (fields) => {
      // The API sometimes leaves errcode out of a success.
      const errcode = fields.integerOrNull('errcode') ?? 0;
      if (errcode !== 0) throw failure(reply, errcode, fields.textOrNull('errmsg') ?? '');
      return read(fields);
    });
  }

  /**
   * A reply that is a file.
   *
   * @throws ChannelError whose code is the errcode, in digits, if it is JSON instead; BAD_REPLY if it is nothing at all
   */
  async file(request: MiniProgramRequest): Promise<Buffer> {
    const reply = await this.send(request);
    if (reply.httpStatus !== 200 || reply.body.length === 0)
      throw new ChannelError(reply, { code: 'BAD_REPLY', outcome: 'UNKNOWN' });
    return isJson(reply) ? readReply(reply, (fields) => refuseInWords(reply, fields)) : reply.body;
  }

  private send({ method, path, query = {}, body }: MiniProgramRequest): Promise<HttpReply> {
    const url = addressOf(this.config.WECHAT_API_URL, path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const headers = { accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'haotuan' };
    return this.transport.send({ method, url, headers, body: body && JSON.stringify(body) });
  }
}

/** An error may come under the type of the file that was asked for; no image begins with a brace. */
function isJson({ headers, body }: HttpReply): boolean {
  return String(headers['content-type']).includes('json') || body[0] === BRACE;
}

/** Why there is no file. */
function refuseInWords(reply: HttpReply, fields: Reader): never {
  const errcode = fields.integer('errcode');
  if (errcode === 0) throw new Malformed('a success without the file');
  throw failure(reply, errcode, fields.textOrNull('errmsg') ?? '');
}

/** This API writes its request id into the message: `invalid code, rid: 6f1c...`. */
function failure(reply: HttpReply, errcode: number, errmsg: string): ChannelError {
  const requestId = /rid: ([\w-]+)/.exec(errmsg)?.[1] ?? reply.requestId;
  const outcome = errcode === BUSY ? 'UNKNOWN' : 'REFUSED';
  return new ChannelError({ ...reply, requestId }, { code: String(errcode), outcome, detail: errmsg });
}
