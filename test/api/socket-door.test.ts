import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { MESSAGES_BETWEEN_PINGS_MAX } from '../../src/api/socket-line.js';
import { frame, knock, type Knock, PING, TEXT } from '../support/raw-socket.js';
import { Shop, type ShopOptions } from '../support/shop.js';
import { TestSocket } from '../support/socket.js';
import { until } from '../support/sound.js';

let shop: Shop;
const opened: Socket[] = [];

afterEach(() => {
  for (const socket of opened.splice(0)) socket.destroy();
});

/** A WebSocket that does nothing by itself. */
async function rawSocket(url = shop.url, headers: Record<string, string> = {}): Promise<Socket> {
  const { socket } = await knock(url, { headers });
  if (!socket) throw new Error('there is no socket');
  opened.push(socket);
  return socket;
}

const open = (environment: ShopOptions['environment']): void => {
  beforeAll(async () => {
    shop = await Shop.open({ environment });
  });
  afterAll(async () => {
    await shop.close();
  });
};
const CLOSING_FRAME = 0x88;
const INIT = { type: 'connection_init' };

describe('the door for sockets', () => {
  open({});

  it('opens at one address, to a GET that asks for a WebSocket', async () => {
    const { status, socket } = await knock(shop.url);
    opened.push(socket!);
    expect(status).toBe(101);
  });

  it.each<{ what: string; asked: Knock; status: number }>([
    { what: 'another address', asked: { path: '/nothing' }, status: 404 },
    { what: 'the address of queries', asked: { path: '/graphql' }, status: 405 },
    { what: 'a POST', asked: { method: 'POST' }, status: 400 },
    { what: 'another protocol than WebSocket', asked: { headers: { upgrade: 'h2c' } }, status: 400 },
    { what: 'another version of it', asked: { headers: { 'sec-websocket-version': '7' } }, status: 400 },
    { what: 'a key that is none', asked: { headers: { 'sec-websocket-key': 'x' } }, status: 400 },
  ])('stays shut to $what, and the connection ends', async ({ asked, status }) => {
    expect(await knock(shop.url, asked)).toMatchObject({ status, socket: null });
  });

  it.each([
    ['zh-CN', '请以套接字方式连接。'],
    ['en', 'Connect by WebSocket.'],
  ])('tells who asks by HTTP what it is, in %s', async (language, message) => {
    const response = await fetch(`${shop.url}/subscriptions`, { headers: { 'accept-language': language } });
    expect([response.status, response.headers.get('upgrade')]).toEqual([426, 'websocket']);
    expect(await response.json()).toEqual({ code: 'UPGRADE_REQUIRED', message });
  });

  it.each(['graphql-ws', 'soap'])('does not speak the sub-protocol "%s"', async (protocol) => {
    const { socket, headers } = await knock(shop.url, { headers: { 'sec-websocket-protocol': protocol } });
    opened.push(socket!);
    expect(headers['sec-websocket-protocol']).toBeUndefined();
    const [bytes] = (await once(socket!, 'data')) as [Buffer];
    expect([bytes[0], bytes.readUInt16BE(2)]).toEqual([CLOSING_FRAME, 4406]);
  });

  it.each([
    { what: 'no JSON', message: '{', code: 4400 },
    { what: 'no message of the protocol', message: '{"type":"start"}', code: 4400 },
    { what: 'a list', message: '[]', code: 4400 },
    { what: 'nothing', message: 'null', code: 4400 },
    { what: 'a document that is no text', message: '{"type":"subscribe","id":"1","payload":{"query":{}}}', code: 4400 },
    {
      what: 'variables in a list',
      message: '{"type":"subscribe","id":"1","payload":{"query":"","variables":7}}',
      code: 4400,
    },
    {
      what: 'a subscription before it said who it is',
      message: '{"type":"subscribe","id":"1","payload":{"query":"{ a }"}}',
      code: 4401,
    },
    {
      what: 'more than any document needs',
      message: `{"type":"ping","payload":{"a":"${'x'.repeat(40_000)}"}}`,
      code: 1009,
    },
  ])('closes a socket that says $what', async ({ message, code }) => {
    const socket = new TestSocket(shop.url);
    await socket.opened();
    socket.send(message);
    expect((await socket.closed).code).toBe(code);
  });

  it('closes a socket that says twice who it is', async () => {
    const socket = await TestSocket.greeted(shop.url);
    socket.send(INIT);
    expect((await socket.closed).code).toBe(4429);
  });

  it('closes a socket that sends messages without end', async () => {
    const socket = await TestSocket.greeted(shop.url);
    for (let sent = 0; sent < MESSAGES_BETWEEN_PINGS_MAX; sent += 1) socket.send({ type: 'ping' });
    expect(await socket.closed).toEqual({ code: 4429, reason: 'Too many messages' });
  });

  it('closes a socket that sends pings without end', async () => {
    const socket = await rawSocket();
    for (let sent = 0; sent <= MESSAGES_BETWEEN_PINGS_MAX; sent += 1) socket.write(frame(PING, 'x'));
    await once(socket.resume(), 'close');
  });
});

describe('a socket', () => {
  open({ SOCKET_INIT_SECONDS: '1', SOCKET_PING_SECONDS: '1' });

  it('that does not say who it is, is closed', async () => {
    expect(await new TestSocket(shop.url).closed).toMatchObject({ code: 4408 });
  });

  it('that does not answer a ping is ended by the next', async () => {
    const socket = await rawSocket();
    socket.write(frame(TEXT, JSON.stringify(INIT)));
    await once(socket.resume(), 'close');
  });

  it('that answers pings lives on', async () => {
    const socket = await TestSocket.greeted(shop.url);
    await sleep(3_500);
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
    await socket.close();
  });

  it('that asks and asks and never reads is ended before its answers fill the memory', async () => {
    const socket = await rawSocket();
    socket.pause().write(frame(TEXT, JSON.stringify(INIT)));
    const question = frame(TEXT, JSON.stringify({ type: 'ping', payload: { echo: 'x'.repeat(30_000) } }));
    while (!socket.destroyed) {
      // Half of what a socket may send between two pings, so that it is not for its questions that it is ended.
      for (let sent = 0; sent < MESSAGES_BETWEEN_PINGS_MAX / 2; sent += 1) socket.write(question);
      await sleep(1_100);
    }
  });
});

describe('sockets', () => {
  open({ SOCKETS_MAX: '4', SOCKETS_PER_ADDRESS_MAX: '2', TRUSTED_PROXIES: '127.0.0.1' });
  const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });
  const statusFrom = async (address: string): Promise<number> => {
    const { status, socket } = await knock(shop.url, { headers: from(address) });
    if (socket) opened.push(socket);
    return status;
  };

  it('are so many from one address, and so many in all, and leave their place to the next', async () => {
    expect(await statusFrom('203.0.113.1')).toBe(101);
    expect(await statusFrom('203.0.113.1')).toBe(101);
    expect(await statusFrom('203.0.113.1')).toBe(429);
    expect(await statusFrom('2001:db8::1')).toBe(101);
    expect(await statusFrom('2001:db8::2')).toBe(101);
    expect(await statusFrom('2001:db8::3')).toBe(429); // One phone has that many addresses.
    expect(await statusFrom('203.0.113.2')).toBe(503);

    opened.shift()!.destroy();
    await until(async () => (await statusFrom('203.0.113.2')) === 101, 'the place is free');
    expect(await statusFrom('203.0.113.1')).toBe(503);
  });

  it('that are too many hear why in their language', async () => {
    await until(async () => (await statusFrom('203.0.113.9')) === 101, 'the others have gone');
    await statusFrom('203.0.113.9');
    const { body } = await knock(shop.url, { headers: { ...from('203.0.113.9'), 'accept-language': 'en' } });
    expect(JSON.parse(body)).toEqual({
      code: 'TOO_MANY_CONNECTIONS',
      message: 'There are too many connections. Please try again later.',
    });
  });

  it('that never get past the handshake leave their place too', async () => {
    for (let time = 0; time < 10; time += 1) {
      const { status } = await knock(shop.url, { headers: { ...from('203.0.113.5'), 'sec-websocket-key': 'x' } });
      expect(status).toBe(400);
    }
    await until(async () => (await statusFrom('203.0.113.5')) === 101, 'the places are free');
  });
});

describe('a server that is told to stop', () => {
  it('says goodbye to its sockets, tells nobody that anything is complete, and waits for none that is dead', async () => {
    shop = await Shop.open({ environment: { DRAIN_SECONDS: '3600' } });
    const dead = await rawSocket();
    const socket = await TestSocket.greeted(shop.url);
    await shop.close();
    expect(await socket.closed).toEqual({ code: 1001, reason: 'Going away' });
    expect(socket.unread).toEqual([]);
    await once(dead.resume(), 'close');
  });
});
