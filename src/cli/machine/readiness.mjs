/** Whether a database server accepts connections yet. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from './lifetime.mjs';

const READY_SECONDS_MAX = 60;
const POLL_MILLISECONDS = 25;
const GREETING_MILLISECONDS_MAX = 2_000;
/** After the four bytes of a packet's head, a greeting begins with the protocol's version; a refusal would begin with 255. */
const GREETING = { at: 4, is: 10 };

/**
 * @param {import('./lifetime.mjs').ChildProcess} child
 * @param {number} port
 * @returns {Promise<boolean>} false if it has ended, or is not ready for so long that it never will be
 */
export async function isReady(child, port) {
  for (const patienceUntil = performance.now() + READY_SECONDS_MAX * 1_000; performance.now() < patienceUntil;) {
    if (!isRunning(child)) return false;
    if (await greets(port)) return true;
    await sleep(POLL_MILLISECONDS);
  }
  return false;
}

/**
 * Whether a database server accepts connections there. It listens before it has read its files, so it is its greeting that counts.
 *
 * @param {number} port
 */
export async function greets(port) {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    const [data] = await once(socket, 'data', { signal: AbortSignal.timeout(GREETING_MILLISECONDS_MAX) });
    return data[GREETING.at] === GREETING.is;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
