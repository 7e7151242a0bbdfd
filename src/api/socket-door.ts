import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { Config } from '#common';
import { networkOf } from '#identity';
import { answerOutright, answerStatus } from './http-errors.js';
import { serveSocket } from './socket-line.js';
import { SocketPlaces } from './socket-places.js';
import { Subscriptions } from './subscriptions.js';

export const SOCKET_PATH = '/subscriptions';
/** A document has two thousand words at most. */
const MESSAGE_BYTES_MAX = 32 * 1_024;
/** How long the other end may take to say goodbye. */
const GOODBYE_SECONDS = 1;
const GOING_AWAY = 1001; // RFC 6455 7.4.1

interface Upgrade {
  readonly socket: Socket;
  readonly head: Buffer;
}

/** The door for WebSockets, beside HTTP on the same port. Only what asks for a socket, at the one address for it, gets past HTTP. */
@Injectable()
export class SocketDoor implements BeforeApplicationShutdown {
  readonly #server = new WebSocketServer({
    ...{ noServer: true, handleProtocols, maxPayload: MESSAGE_BYTES_MAX, closeTimeout: GOODBYE_SECONDS * 1_000 },
    // Compression costs memory for each socket; and pongs count as answers, so they are sent where answers are counted.
    ...{ perMessageDeflate: false, autoPong: false },
  });
  readonly #upgrades = new WeakMap<IncomingMessage, Upgrade>();
  readonly #places: SocketPlaces;
  #isClosing = false;

  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly config: Config,
  ) {
    this.#places = new SocketPlaces(config.SOCKETS_MAX, config.SOCKETS_PER_ADDRESS_MAX);
  }

  /** Opens the door in a server that does not listen yet. */
  openIn(fastify: FastifyInstance): void {
    fastify.get(SOCKET_PATH, (request, reply) => {
      this.#enter(request, reply);
    });
    fastify.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      socket.on('error', () => socket.destroy()); // Nobody else listens from here on.
      if (request.method !== 'GET' || request.headers.upgrade?.toLowerCase() !== 'websocket') {
        answerOutright(400, socket);
        return;
      }
      this.#upgrades.set(request, { socket, head });
      // Fastify knows where a request comes from, and answers what is not for us.
      const response = new ServerResponse(request);
      response.shouldKeepAlive = false;
      response.assignSocket(socket);
      response.once('finish', () => {
        socket.destroySoon();
      });
      fastify.routing(request, response);
    });
  }

  /** Says goodbye to every socket, and ends those that do not answer. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isClosing = true;
    const sockets = [...this.#server.clients];
    const gone = sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of sockets) socket.close(GOING_AWAY, 'Going away');
    const patience = new AbortController();
    const tooLong = sleep(GOODBYE_SECONDS * 1_000, undefined, { signal: patience.signal }).catch(() => undefined);
    await Promise.race([Promise.all(gone), tooLong]);
    patience.abort();
    for (const socket of this.#server.clients) socket.terminate();
  }

  #enter(request: FastifyRequest, reply: FastifyReply): void {
    const upgrade = this.#upgrades.get(request.raw);
    if (!upgrade) {
      answerStatus(426, request, reply.header('upgrade', 'websocket'));
      return;
    }
    const { socket, head } = upgrade;
    if (socket.destroyed) return;
    const network = networkOf(request.ip);
    const place = this.#isClosing ? 503 : this.#places.take(network);
    if (place !== 'TAKEN') {
      answerStatus(place, request, reply);
      return;
    }
    socket.once('close', () => {
      this.#places.giveBack(network);
    });
    reply.hijack();
    this.#server.handleUpgrade(request.raw, socket, head, (webSocket) => {
      serveSocket(webSocket, request.ip, this.subscriptions, { pingSeconds: this.config.SOCKET_PING_SECONDS });
    });
  }
}
