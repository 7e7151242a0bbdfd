import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Product } from '#catalog';
import { BusinessTime, readConfig, SimulatedBusinessTime } from '#common';
import { AppModule } from '../../app.module.js';
import type { WechatApp } from './wechat-app.js';

/** The shop from the inside: what an owner does and sees, on the shop's own database. */
export class Office {
  private constructor(readonly app: INestApplicationContext) {}

  /**
   * Makes the tables of an empty database.
   *
   * @throws Error if somebody sells there already: a replay must not mix its orders with anybody's
   */
  static async open(environment: NodeJS.ProcessEnv): Promise<Office> {
    const app = await NestFactory.createApplicationContext(AppModule.with(readConfig(environment)), {
      logger: ['warn', 'error', 'fatal'],
    });
    const office = new Office(app);
    await office.source.runMigrations({ transaction: 'none' });
    if (await office.source.manager.exists(Product)) {
      throw new Error('DATABASE_URL: there are products in this database; a replay needs an empty one');
    }
    return office;
  }

  get source(): DataSource {
    return this.app.get(DataSource);
  }

  /** Moves business time for the shop and for WeChat. The shop is first: it may not promise WeChat a time that lies behind WeChat. */
  async setClock(now: Date, wechat: WechatApp): Promise<void> {
    const clock = this.app.get(BusinessTime);
    if (!(clock instanceof SimulatedBusinessTime)) throw new Error('a replay needs BUSINESS_CLOCK=simulated');
    await clock.set(this.source.manager, now);
    await wechat.setClock(now);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
