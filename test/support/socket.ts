import { once } from 'node:events';
import { WebSocket } from 'undici';

export interface SocketMessage {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

export interface SocketOptions {
  readonly protocol?: string;
  readonly headers?: Record<string, string>;
}

/** A WebSocket of a client, message by message. */
export class TestSocket {
  readonly #socket: WebSocket;
  readonly #messages: SocketMessage[] = [];
  #arrived: () => void = () => undefined;
  /** How it ended. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  #isClosed = false;

  constructor(shopUrl: string, { protocol = 'graphql-transport-ws', headers = {} }: SocketOptions = {}) {
    const url = `${shopUrl.replace(/^http/, 'ws')}/subscriptions`;
    this.#socket = new WebSocket(url, { protocols: protocol === '' ? [] : [protocol], headers });
    this.#socket.addEventListener('message', ({ data }) => {
      this.#messages.push(JSON.parse(String(data)) as SocketMessage);
      this.#arrived();
    });
    this.closed = new Promise((resolve) => {
      this.#socket.addEventListener('close', ({ code, reason }) => {
        this.#isClosed = true;
        resolve({ code, reason });
        this.#arrived();
      });
    });
  }

  /** A socket that has said who it is, and may subscribe. */
  static async greeted(shopUrl: string, payload?: object): Promise<TestSocket> {
    const socket = new TestSocket(shopUrl);
    await socket.opened();
    socket.send({ type: 'connection_init', ...(payload === undefined ? {} : { payload }) });
    const { type } = await socket.next();
    if (type !== 'connection_ack') throw new Error(`the socket is answered with ${type}`);
    return socket;
  }

  async opened(): Promise<void> {
    if (this.#socket.readyState !== WebSocket.OPEN) await once(this.#socket, 'open');
  }

  send(message: unknown): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables: object = {}): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  /** The next message that arrives; fails when the socket closes instead. */
  async next(): Promise<SocketMessage> {
    while (this.#messages.length === 0) {
      if (this.#isClosed) throw new Error(`the socket was closed: ${JSON.stringify(await this.closed)}`);
      await new Promise<void>((arrived) => (this.#arrived = arrived));
    }
    return this.#messages.shift()!;
  }

  /** What has arrived and nobody has asked for. */
  get unread(): readonly SocketMessage[] {
    return this.#messages;
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }
}
