import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { CatalogService, FreightService } from '#catalog';
import { BusinessTime, readConfig, Transactor } from '#common';
import { StaffAccountsService } from '#identity';
import { OffersService } from '#teams';
import { AppModule } from '../app.module.js';
import { seedDemoShop } from './demo-shop/demo-shop.js';
import { hasDemoTeams, seedDemoTeams } from './demo-shop/demo-teams.js';
import { DemoManager, MANAGER_ACCOUNT } from './demo-shop/demo-manager.js';
import { emulatedWechat, NoEmulator } from './demo-shop/emulated-wechat.js';
import { BUYERS, MANAGER } from './demo-shop/people.js';
import { SeedLogger } from './demo-shop/seed-logger.js';

/** `up` starts the emulator at the same time. */
const EMULATOR_PATIENCE_SECONDS = 10;

/** Jobs are worked off here. Those of a seed that was killed must not keep the next one waiting; a fence keeps them from being done twice. */
const JOB_LEASE_SECONDS = 5;

const config = readConfig({ ...process.env, JOB_LEASE_SECONDS: String(JOB_LEASE_SECONDS) });
const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: new SeedLogger() });
try {
  await seedProducts();
  await seedTeams();
} finally {
  await app.close();
}

async function seedProducts(): Promise<void> {
  const services = {
    catalog: app.get(CatalogService, { strict: false }),
    freight: app.get(FreightService, { strict: false }),
    offers: app.get(OffersService, { strict: false }),
  };
  const seeded = await app
    .get(Transactor)
    .run(async (db) => seedDemoShop(db, services, await app.get(BusinessTime).read(db)));
  say(seeded ? `seeded ${seeded.products} products with ${seeded.offers} offers` : 'the demo shop is there already');
}

async function seedTeams(): Promise<void> {
  if (!(await hasDemoTeams(app.get(DataSource).manager)) && !(await playAtEmulator())) return;
  const buyers = Object.values(BUYERS).map(({ person, nickname }) => `${person} (${nickname})`);
  say(`its people: ${buyers.join(', ')} and ${MANAGER.person} (${MANAGER.nickname}) buy`);
  await sayHowManagerEnrols();
}

/** In production nobody is told a code but whoever asks for it by `npm run staff`. */
async function sayHowManagerEnrols(): Promise<void> {
  const { loginName } = MANAGER_ACCOUNT;
  const manager = new DemoManager(app.get(StaffAccountsService, { strict: false }));
  const code = config.NODE_ENV === 'production' ? null : await manager.enrolmentCode();
  say(
    code === null
      ? `its staff: ${loginName}, with every role; npm run staff -- reset ${loginName} gives a code to enrol with`
      : `its staff: ${loginName}, with every role; enrols with the code ${code} (docs/API.md, "The staff")`,
  );
}

/** @returns false if there is no emulator to pay at */
async function playAtEmulator(): Promise<boolean> {
  try {
    const wechat = await emulatedWechat(config, EMULATOR_PATIENCE_SECONDS);
    await seedDemoTeams(app, wechat, say).finally(() => wechat.close());
    return true;
  } catch (error) {
    if (!(error instanceof NoEmulator)) throw error;
    say(`its teams are left out, because their buyers pay at the emulator: ${error.message}`);
    return false;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
