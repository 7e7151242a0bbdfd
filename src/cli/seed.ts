import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { CatalogService } from '#catalog';
import { BusinessTime, readConfig, Transactor } from '#common';
import { OffersService } from '#teams';
import { AppModule } from '../app.module.js';
import { seedDemoShop } from './demo-shop/demo-shop.js';

const app = await NestFactory.createApplicationContext(AppModule.with(readConfig(process.env)), {
  logger: ['warn', 'error', 'fatal'],
});
const services = {
  catalog: app.get(CatalogService, { strict: false }),
  offers: app.get(OffersService, { strict: false }),
};
const seeded = await app
  .get(Transactor)
  .run(async (db) => seedDemoShop(db, services, await app.get(BusinessTime).read(db)));
process.stdout.write(
  seeded ? `seeded ${seeded.products} products with ${seeded.offers} offers\n` : 'the demo shop is there already\n',
);
await app.close();
