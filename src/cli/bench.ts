import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { readConfig } from '#common';
import { AppModule } from '../app.module.js';
import { bench, isMissed, lineOf } from './bench/bench.js';
import { CASES } from './bench/cases.js';

const asked = process.argv.slice(2);
const strange = asked.find((name) => !CASES.some((each) => each.name === name));

let exitCode: number;
if (strange === undefined) {
  const options = { logger: ['warn', 'error', 'fatal'] as ('warn' | 'error' | 'fatal')[] };
  const app = await NestFactory.createApplicationContext(AppModule.with(readConfig(process.env)), options);
  await app.get(DataSource).runMigrations({ transaction: 'none' });
  const figures = await bench(app, asked.length > 0 ? CASES.filter(({ name }) => asked.includes(name)) : CASES);
  await app.close();
  const missed = figures.filter(isMissed);
  for (const figure of missed) process.stderr.write(`missed: ${lineOf(figure)}, at most ${figure.max}\n`);
  exitCode = missed.length > 0 ? 1 : 0;
} else {
  const known = CASES.map(({ name }) => name).join(', ');
  process.stderr.write(
    `bench: there is no case ${JSON.stringify(strange)}, only ${known}\nnpm run bench [-- CASE ...]\n`,
  );
  exitCode = 2;
}
process.exit(exitCode);
