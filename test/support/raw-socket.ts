import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import type { Socket } from 'node:net';

export const TEXT = 0x1;
export const PING = 0x9;

export interface Knock {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

export interface Door {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** What was answered instead of a socket. */
  readonly body: string;
  /** The connection, once it is a WebSocket: it reads nothing and answers nothing by itself. */
  readonly socket: Socket | null;
}

/** Asks for a WebSocket by hand, to see what a library would hide. */
export async function knock(
  shopUrl: string,
  { path = '/subscriptions', method = 'GET', headers = {} }: Knock = {},
): Promise<Door> {
  const asked = request(`${shopUrl}${path}`, {
    method,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      'sec-websocket-protocol': 'graphql-transport-ws',
      ...headers,
    },
  });
  return new Promise((resolve, reject) => {
    asked.on('error', reject);
    asked.on('upgrade', ({ statusCode = 0, headers }, socket, head) => {
      socket.on('error', () => undefined); // A server may end it as it likes.
      socket.unshift(head); // What the server said with the handshake.
      resolve({ status: statusCode, headers, body: '', socket });
    });
    asked.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      void once(response, 'end').then(() => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, socket: null });
      });
    });
    asked.end();
  });
}

/** A frame as a client sends it (RFC 6455 5.2); masked with zeros, which leave the payload as it is. */
export function frame(opcode: number, payload: string): Buffer {
  const bytes = Buffer.from(payload);
  const length =
    bytes.length < 126
      ? Buffer.from([0x80 | bytes.length])
      : Buffer.from([0xfe, bytes.length >> 8, bytes.length & 0xff]);
  return Buffer.concat([Buffer.from([0x80 | opcode]), length, Buffer.alloc(4), bytes]);
}
