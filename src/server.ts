import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  answerError,
  answerRouteErrors,
  answerUnreadable,
  guardGraphqlDoor,
  HttpErrorFilter,
  InputPipe,
  SocketDoor,
} from '#api';
import { takeCatalogueFiles } from '#catalog';
import { type Config, parseNetworks } from '#common';
import { AppModule } from './app.module.js';
import type { DatabaseExtras } from './database.js';
import { drainOnClose } from './draining.js';

const BODY_BYTES_MAX = 256 * 1_024;
/** For a phone on a bad network with a full body; Fastify would wait for ever. */
const REQUEST_SECONDS_MAX = 60;

/** The HTTP side, ready to listen. */
export async function createServer(config: Config, extras: DatabaseExtras = {}): Promise<NestFastifyApplication> {
  const proxies = parseNetworks(config.TRUSTED_PROXIES) ?? [];
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_SECONDS_MAX * 1_000,
    // Without proxies of ours, the address of a request is that of its connection, whatever its headers say.
    trustProxy: proxies.length > 0 && proxies,
    frameworkErrors: answerError,
    clientErrorHandler: answerUnreadable,
  });
  guardGraphqlDoor(adapter.getInstance());
  answerRouteErrors(adapter.getInstance());
  takeCatalogueFiles(adapter.getInstance());
  drainOnClose(adapter.getInstance(), config.DRAIN_SECONDS);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, extras), adapter, {
    rawBody: true,
    bufferLogs: false,
    logger: config.NODE_ENV === 'production' ? ['log', 'warn', 'error', 'fatal'] : ['warn', 'error', 'fatal'],
  });
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(new HttpErrorFilter());
  app.get(SocketDoor).openIn(adapter.getInstance());
  app.enableShutdownHooks();
  return app;
}
