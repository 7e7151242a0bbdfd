import 'reflect-metadata';
import { createServer as createTcpServer } from 'node:net';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource, type Logger } from 'typeorm';
import { type RunningEmulator, readOptions, startEmulator } from '../../src/emulator/index.js';
import { type Config, readConfig } from '#common';
import { JobRunner } from '#jobs';
import { createServer } from '../../src/server.js';
import { Client } from './client.js';
import { createDatabase } from './database.js';
import { Phone } from './phone.js';
import { StatementCounter } from './statement-counter.js';

export interface ShopOptions {
  readonly environment?: Partial<Record<keyof Config, string>>;
  /** How long the channel takes to pay a refund back after accepting it; at once by default. */
  readonly refundSeconds?: number;
}

/** A whole shop: HTTP server, workers, database, and WeChat on the other side, each the real one. */
export class Shop {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    readonly emulator: RunningEmulator,
    readonly statements: StatementCounter,
    readonly close: () => Promise<void>,
  ) {}

  static async open({ environment = {}, refundSeconds = 0 }: ShopOptions = {}): Promise<Shop> {
    const database = await createDatabase();
    const emulator = await startEmulator({ ...(await readOptions(process.env)), port: 0, journalFile: '', refundSeconds, retryScale: 0.01 });
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const config = readConfig({
      ...process.env,
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      HTTP_PORT: String(port),
      PUBLIC_URL: url,
      WECHAT_API_URL: emulator.url,
      WECHAT_PAY_URL: emulator.url,
      ...environment,
    });
    const statements = new StatementCounter();
    const app = await createServer(config, { logger: statements as Logger });
    await app.get(DataSource).runMigrations({ transaction: 'none' });
    await app.listen(port, '127.0.0.1');
    return new Shop(app, url, emulator, statements, async () => {
      await app.close();
      await emulator.close();
      await database.drop();
    });
  }

  get<Service>(service: Type<Service>): Service {
    return this.app.get(service, { strict: false });
  }

  get source(): DataSource {
    return this.app.get(DataSource);
  }

  get guest(): Client {
    return new Client(this.url, null);
  }

  /** The phone of somebody, not logged in yet. */
  phone(person: string): Phone {
    return new Phone(person, this.url, this.emulator.url);
  }

  /** Somebody's phone, logged in. */
  async login(person: string): Promise<Phone> {
    const phone = this.phone(person);
    await phone.login();
    return phone;
  }

  /** Works off everything that is due now, and what follows from it. */
  async drain(): Promise<void> {
    await this.get(JobRunner).drain();
  }

  async rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.source.query<Row[]>(sql, parameters);
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createTcpServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}
