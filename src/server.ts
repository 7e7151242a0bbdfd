import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#common';
import { AppModule } from './app.module.js';
import type { DatabaseExtras } from './database.js';
import { InputPipe } from './input.pipe.js';

const BODY_BYTES_MAX = 256 * 1_024;

/** The HTTP side, ready to listen. */
export async function createServer(config: Config, extras: DatabaseExtras = {}): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: BODY_BYTES_MAX });
  // A mini-program sends JSON by POST. GET would let a link carry a mutation, and a form could be sent from any page.
  adapter.getInstance().addHook('onRequest', async (request, reply) => {
    if (request.url.split('?')[0] !== '/graphql' || request.method === 'POST') return;
    await reply
      .status(405)
      .header('allow', 'POST')
      .send({ errors: [{ message: 'Send GraphQL by POST.' }] });
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, extras), adapter, {
    rawBody: true,
    bufferLogs: false,
    logger: config.NODE_ENV === 'production' ? ['log', 'warn', 'error', 'fatal'] : ['warn', 'error', 'fatal'],
  });
  app.useGlobalPipes(new InputPipe());
  app.enableShutdownHooks();
  return app;
}
