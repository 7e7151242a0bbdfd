import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ServerBusinessTime } from '../../src/common/clock.js';
import { gate } from '../common/gate.js';
import { Shop } from '../support/shop.js';

const HOUR_SECONDS = '3600';

let shop: Shop;
let lines: Line[];
beforeEach(() => {
  lines = [];
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const { socket } of lines) socket.destroy();
});

/** A connection of a client that writes what it likes. */
class Line {
  received = '';
  readonly ended: Promise<string>;

  private constructor(readonly socket: Socket) {
    socket.setEncoding('utf8').on('data', (text: string) => (this.received += text));
    socket.on('error', () => undefined); // A server that is in no mood to wait resets the connection.
    this.ended = once(socket, 'close').then(() => this.received);
    lines.push(this);
  }

  static async open(): Promise<Line> {
    const socket = connect(Number(new URL(shop.url).port), '127.0.0.1');
    await once(socket, 'connect');
    return new Line(socket);
  }

  /** Writes, and waits until the server has seen it: an answer on another connection comes after it. */
  async write(text: string): Promise<void> {
    await new Promise((written) => this.socket.write(text, written));
    await shop.guest.ask('{ serverTime }');
  }
}

const request = (body: string): string =>
  [
    'POST /graphql HTTP/1.1',
    'host: shop',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');

const ASKING = request('{"query":"{ serverTime }"}');

describe('a server that is told to stop', () => {
  // Whatever is left is cut off after an hour, which is to say: these do not wait for that.
  beforeEach(async () => {
    shop = await Shop.open({ environment: { DRAIN_SECONDS: HOUR_SECONDS } });
  });

  it.each([
    { who: 'has said nothing yet', says: '' },
    { who: 'has sent half of its headers', says: 'POST /graphql HTTP/1.1\r\nhost: sh' },
    { who: 'was answered and keeps its connection', says: ASKING },
  ])('does not wait for a client that $who', async ({ says }) => {
    const line = await Line.open();
    await line.write(says);
    await shop.close();
    await line.ended;
  });

  it('finishes what is in flight, answers it, and does not keep its connection', async () => {
    const [asked, mayAnswer] = [gate(), gate()];
    const now = jest.spyOn(ServerBusinessTime.prototype, 'read');
    now.mockImplementation(async () => {
      asked.open();
      await mayAnswer.opened;
      return new Date(0);
    });
    const line = await Line.open();
    line.socket.write(ASKING);
    await asked.opened;
    const closed = shop.close();
    mayAnswer.open();
    expect(await line.ended).toMatch(/^HTTP\/1.1 200 OK[^]*"serverTime":"1970-01-01T00:00:00.000Z"/);
    await closed;
  });
});

describe('a client that never finishes its request', () => {
  it('is waited for until DRAIN_SECONDS are over, and then cut off', async () => {
    shop = await Shop.open({ environment: { DRAIN_SECONDS: '1' } });
    const line = await Line.open();
    await line.write(ASKING.slice(0, -5));
    await shop.close();
    expect(await line.ended).toBe('');
  });

  it('is told so in time, while the server lives on', async () => {
    shop = await Shop.open();
    expect(shop.app.getHttpServer()).toMatchObject({ requestTimeout: 60_000 });
    await shop.close();
  });
});
