import Fastify from 'fastify';
import { controlSurface } from './control.surface.js';
import { loginRoutes } from './login.routes.js';
import { type EmulatorOptions, withDefaults } from './options.js';
import { paySurface } from './pay.surface.js';
import { numberRoutes } from './number.routes.js';
import { shareRoutes } from './share.routes.js';
import { shippingRoutes } from './shipping.routes.js';
import { storageSurface } from './storage.surface.js';
import { messageRoutes } from './subscribe.routes.js';
import { openWorld } from './world.js';

const LOOPBACK = '127.0.0.1';

export interface RunningEmulator {
  /** Base address of the mini-program API, of WeChat Pay and of the control surface alike; the object storage is at `/storage`. */
  readonly url: string;
  readonly port: number;
  /** Cuts open connections and resolves once the journal is complete. */
  close(): Promise<void>;
}

/**
 * A WeChat and an object storage of your own, listening on loopback.
 *
 * @throws if the port is taken, a key is not a PEM, or the journal is not ours
 */
export async function startEmulator(options: EmulatorOptions): Promise<RunningEmulator> {
  const world = await openWorld(withDefaults(options));
  const server = Fastify({ logger: { level: 'error' }, forceCloseConnections: true });

  // Bodies stay text: signatures are over the exact bytes, and each surface has its own word for a body it cannot read.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });

  // No reply leaves before what it tells is safe, so a kill at any moment leaves no caller knowing more than the journal.
  server.addHook('onSend', async (_request, _reply, payload) => {
    await world.store.written();
    return payload;
  });

  server.register(loginRoutes(world));
  server.register(numberRoutes(world));
  server.register(shippingRoutes(world));
  server.register(shareRoutes(world));
  server.register(messageRoutes(world));
  server.register(paySurface(world), { prefix: '/v3' });
  server.register(storageSurface(world), { prefix: '/storage' });
  server.register(controlSurface(world), { prefix: '/emulator' });

  const close = async (): Promise<void> => {
    await server.close();
    await world.close();
  };
  try {
    const url = await server.listen({ host: LOOPBACK, port: world.settings.port });
    return { url, port: Number(new URL(url).port), close };
  } catch (error) {
    await close();
    throw error;
  }
}
