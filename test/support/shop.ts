import 'reflect-metadata';
import { once } from 'node:events';
import { createServer as createTcpServer } from 'node:net';
import type { Abstract, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource, In } from 'typeorm';
import { type EmulatorOptions, type RunningEmulator, readOptions, startEmulator } from '../../src/emulator/index.js';
import { type Config, readConfig, SimulatedBusinessTime, Vault } from '#common';
import type { SupplierId } from '#catalog';
import { SHOP_ROLES, type ShopRole, StaffAccountsService, type StaffRole, User, type UserId } from '#identity';
import { JobRunner } from '#jobs';
import { Payment } from '#payments';
import { storageAt } from '../../src/cli/machine/storage.mjs';
import { createServer } from '../../src/server.js';
import { Client } from './client.js';
import { createDatabase } from './database.js';
import { aUser } from './people.js';
import { BY_TEST, Desk } from './desk.js';
import { Phone } from './phone.js';
import { StatementCounter } from './statement-counter.js';

export interface Books {
  readonly captures: number;
  readonly captured_minor: number;
  readonly refunds: number;
  readonly refunded_minor: number;
  readonly undelivered_notifications: number;
}

export interface ShopOptions {
  /** Puts something between the shop and its database, and gives the address by way of it. */
  readonly connect?: (databaseUrl: string) => Promise<string>;
  readonly environment?: Partial<Record<keyof Config, string>>;
  /** How long the channel takes to pay a refund back after accepting it; at once by default. */
  readonly refundSeconds?: number;
  /** Any other habit of the channel. */
  readonly wechat?: Partial<EmulatorOptions>;
}

/** A whole shop: HTTP server, workers, database, and WeChat on the other side, each the real one. */
export class Shop {
  /** Desks so far: each is somebody else's, so that a name can be given twice. */
  #desks = 0;

  private constructor(
    private server: NestFastifyApplication,
    readonly url: string,
    readonly emulator: RunningEmulator,
    readonly statements: StatementCounter,
    /** What its processes are told: a worker that is started with it works for this shop. */
    readonly environment: NodeJS.ProcessEnv,
    private readonly leave: () => Promise<void>,
  ) {}

  static async open({
    environment = {},
    connect = (url) => Promise.resolve(url),
    refundSeconds = 0,
    wechat = {},
  }: ShopOptions = {}): Promise<Shop> {
    const database = await createDatabase();
    const reserved = await reservePort();
    const { port } = reserved;
    const url = `http://127.0.0.1:${port}`;
    const { SUBSCRIBE_TEMPLATES } = environment;
    const emulator = await startEmulator({
      ...(await readOptions({ ...process.env, SUBSCRIBE_TEMPLATES, PUBLIC_URL: url })),
      port: 0,
      journalFile: '',
      objectsDirectory: '',
      refundSeconds,
      retryScale: 0.01,
      ...wechat,
    });
    const told = {
      ...process.env,
      NODE_ENV: 'test',
      DATABASE_URL: await connect(database.url),
      HTTP_PORT: String(port),
      PUBLIC_URL: url,
      WECHAT_API_URL: emulator.url,
      WECHAT_PAY_URL: emulator.url,
      ...storageAt(emulator.url, process.env['S3_BUCKET'] ?? ''),
      ...environment,
    };
    const statements = new StatementCounter();
    const server = await createServer(readConfig(told), { logger: statements });
    await server.get(DataSource).runMigrations({ transaction: 'none' });
    await reserved.release();
    await server.listen(port, '127.0.0.1');
    const openedAt = new Date();
    const shop = new Shop(server, url, emulator, statements, told, async () => {
      await emulator.close();
      await database.drop();
    });
    if (readConfig(told).BUSINESS_CLOCK === 'simulated') await shop.setTime(openedAt);
    return shop;
  }

  get app(): NestFastifyApplication {
    return this.server;
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.leave();
  }

  /** Stops the HTTP server and starts another one in its place, on the same database and beside the same WeChat. */
  async restart(): Promise<void> {
    await this.server.close();
    const config = readConfig(this.environment);
    this.server = await createServer(config, { logger: this.statements });
    await this.server.listen(config.HTTP_PORT, '127.0.0.1');
  }

  get<Service>(service: Type<Service> | Abstract<Service>): Service {
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

  /** The desk of somebody who works for the shop, logged in; with every role, unless some are named. */
  async operator(person: string, ...roles: ShopRole[]): Promise<Desk> {
    return this.#desk(person, roles.length > 0 ? roles : SHOP_ROLES, null);
  }

  /** The desk of somebody who works for a supplier, logged in. */
  async supplier(person: string, supplierId: SupplierId): Promise<Desk> {
    return this.#desk(person, ['SUPPLIER'], supplierId);
  }

  async #desk(person: string, roles: readonly StaffRole[], supplierId: SupplierId | null): Promise<Desk> {
    const desk = new Desk(this.url, `${person}-${this.#desks++}`);
    const who = { loginName: desk.loginName, displayName: person, supplierId };
    await desk.enrol(await this.get(StaffAccountsService).add(who, roles, BY_TEST));
    await desk.login();
    return desk;
  }

  /** Works off everything that is due now, and what follows from it; so many jobs at once as a worker takes, or as is said. */
  async drain(atOnce?: number): Promise<void> {
    await this.get(JobRunner).drain(atOnce);
  }

  /** Sets the clock of the whole shop and of WeChat; for shops with BUSINESS_CLOCK=simulated. */
  async setTime(now: Date): Promise<void> {
    await new SimulatedBusinessTime().set(this.source.manager, now);
    await this.emulate('/emulator/clock', { now: now.toISOString() });
  }

  /** Tells WeChat to misbehave at its next request of a kind; a `refuse` names its code. */
  async fault(operation: string, kind: string, times = 1, code?: string): Promise<void> {
    await this.emulate('/emulator/faults', { operation, kind, times, code });
  }

  async books(): Promise<Books> {
    const response = await fetch(`${this.emulator.url}/emulator/books`);
    return (await response.json()) as Books;
  }

  /** People who exist without having logged in: for tests that call services. */
  async people(count: number): Promise<UserId[]> {
    const users = Array.from({ length: count }, () => aUser({}, this.get(Vault)));
    await this.source.manager.insert(User, users);
    return users.map(({ id }) => id);
  }

  /** The channel's newest handles of some started payments, in the order asked. */
  async prepaid(checkoutIds: readonly string[]): Promise<string[]> {
    const payments = await this.source.manager.find(Payment, {
      where: { checkoutId: In(checkoutIds) },
      order: { attempt: 'ASC' },
    });
    const prepayIds = new Map(payments.map(({ checkoutId, prepayId }) => [checkoutId as string, prepayId ?? '']));
    return checkoutIds.map((id) => prepayIds.get(id) ?? '');
  }

  async emulate(path: string, body: object): Promise<void> {
    const response = await fetch(`${this.emulator.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the emulator refuses ${path}: ${await response.text()}`);
  }

  async rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.source.query<Row[]>(sql, parameters);
  }
}

/** A port that nobody else gets until it is released: WeChat must know our address before we answer there, and takes a port of its own meanwhile. */
async function reservePort(): Promise<{ readonly port: number; release: () => Promise<void> }> {
  const placeholder = createTcpServer().listen(0, '127.0.0.1');
  await once(placeholder, 'listening');
  const address = placeholder.address();
  if (!address || typeof address !== 'object') throw new Error('no port');
  const release = async (): Promise<void> => {
    placeholder.close();
    await once(placeholder, 'close');
  };
  return { port: address.port, release };
}
