import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets a server that stops finish what is in flight, for `secondsMax` and no longer. Left alone it would wait for every client that has
 * connected and said nothing or half of a request, and for the connections that are kept open after an answer: Node ends idle ones
 * once, as the server starts to close, and counts as idle only what has been answered by then.
 */
export function drainOnClose(fastify: FastifyInstance, secondsMax: number): void {
  const underWay = new Map<Socket, number>();
  let isClosing = false;

  const settle = (socket: Socket, change: 1 | -1): void => {
    const requests = (underWay.get(socket) ?? 0) + change;
    // What was written has not left yet, so this is no `destroy`.
    if (isClosing && requests === 0) socket.destroySoon();
    underWay.set(socket, requests);
  };
  const { server } = fastify;
  server.on('connection', (socket) => {
    if (isClosing) socket.destroy();
    underWay.set(socket, 0);
    socket.once('close', () => underWay.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    settle(socket, 1);
    response.once('close', () => {
      if (underWay.has(socket)) settle(socket, -1);
    });
  });

  fastify.addHook('preClose', (done) => {
    isClosing = true;
    for (const [socket, requests] of underWay) if (requests === 0) socket.destroy();
    const cutOff = setTimeout(() => {
      for (const socket of underWay.keys()) socket.destroy();
    }, secondsMax * 1_000);
    server.once('close', () => {
      clearTimeout(cutOff);
    });
    done();
  });
}
