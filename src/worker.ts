import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Metrics, readConfig, Vault } from '#common';
import { JobQueue, JobRunner } from '#jobs';
import { AppModule } from './app.module.js';
import { checkKeys, checkServer } from './boot-checks.js';
import { openMetricsDoor } from './metrics-door.js';
import { scheduleOf } from './schedule.js';

const config = readConfig(process.env);
const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: ['warn', 'error', 'fatal'] });
await checkServer(app.get(DataSource));
await checkKeys(app.get(DataSource), app.get(Vault));
await app.get(JobQueue).schedule(scheduleOf(config));
const metrics = await openMetricsDoor(app.get(Metrics), config.METRICS_HOST, config.WORKER_METRICS_PORT);

const runner = app.get(JobRunner);
runner.start();
process.stdout.write('worker ready\n');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void runner.stop().then(() => {
      metrics?.close();
      return app.close();
    });
  });
}
