import 'reflect-metadata';
import { userInfo } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '#common';
import { AppModule } from '../app.module.js';
import { NotDone } from './offer/complaint.js';
import { BadOption, readOptions, USAGE } from './offer/options.js';
import { decideOffer } from './offer/run.js';

try {
  const options = readOptions(process.argv.slice(2));
  const app = await NestFactory.createApplicationContext(AppModule.with(readConfig(process.env)), {
    logger: ['warn', 'error', 'fatal'],
  });
  try {
    const lines = await decideOffer(app, options, `command:${userInfo().username}`);
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  } finally {
    await app.close();
  }
} catch (error) {
  if (!(error instanceof BadOption || error instanceof NotDone)) throw error;
  const usage = error instanceof BadOption ? `${USAGE}\n` : '';
  process.stderr.write(`offer: ${error.message}\n${usage}`);
  process.exitCode = error instanceof BadOption ? 2 : 1;
}
