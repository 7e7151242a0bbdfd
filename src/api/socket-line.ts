import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { explain } from './explanation.js';
import type { Subscriptions } from './subscriptions.js';

/** A subscription is a message, and so is its end; a phone sends a few for each page that it opens. */
export const MESSAGES_BETWEEN_PINGS_MAX = 100;
/** Results wait for the one before to leave, so this is answers to messages and pings that somebody sends without reading. */
const UNREAD_BYTES_MAX = 256 * 1_024;
const INTERNAL = 1011; // RFC 6455 7.4.1

/** Serves a socket until it ends, and ends it if it is dead, floods us or does not read. */
export function serveSocket(
  socket: WebSocket,
  ip: string,
  { protocol }: Subscriptions,
  { pingSeconds }: { readonly pingSeconds: number },
): void {
  let isAlive = true;
  let messages = 0;
  /** Whether there is to be an answer. */
  const hear = (): boolean => {
    isAlive = true;
    messages += 1;
    if (socket.bufferedAmount > UNREAD_BYTES_MAX) socket.terminate();
    else if (messages > MESSAGES_BETWEEN_PINGS_MAX)
      socket.close(CloseCode.TooManyInitialisationRequests, 'Too many messages');
    else return true;
    return false;
  };
  const close = (code?: number, reason?: string): void => {
    socket.close(code, reason);
  };

  const closed = protocol.opened(
    {
      protocol: socket.protocol,
      // Nothing more is told before this has left; on a socket that closes it never does.
      send: (text) =>
        new Promise((sent) => {
          socket.send(text, () => {
            sent();
          });
        }),
      close,
      onMessage: (answer) => {
        // A Buffer, because that is the socket's `binaryType`.
        socket.on('message', (data) => {
          if (!hear()) return;
          answer((data as Buffer).toString()).catch((error: unknown) => {
            close(INTERNAL, explain(error).traceId);
          });
        });
      },
    },
    { ip, said: {}, close },
  );
  socket.on('ping', (data) => {
    if (hear()) socket.pong(data);
  });
  socket.on('pong', hear);
  socket.on('error', () => undefined); // A message too large, or no message at all: ws has closed it with the code for that.

  const heart = setInterval(() => {
    if (isAlive) socket.ping();
    else socket.terminate();
    isAlive = false;
    messages = 0;
  }, pingSeconds * 1_000);
  socket.once('close', (code, reason) => {
    clearInterval(heart);
    void closed(code, reason.toString());
  });
}
