import 'reflect-metadata';
import { userInfo } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '#common';
import { NoSuchStaff, StaffAccountsService } from '#identity';
import { AppModule } from '../app.module.js';
import { BadOption, readOptions, USAGE } from './staff/options.js';
import { decideStaff } from './staff/run.js';

try {
  const options = readOptions(process.argv.slice(2));
  const app = await NestFactory.createApplicationContext(AppModule.with(readConfig(process.env)), {
    logger: ['warn', 'error', 'fatal'],
  });
  try {
    const accounts = app.get(StaffAccountsService, { strict: false });
    const lines = await decideStaff(accounts, options, `command:${userInfo().username}`);
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  } finally {
    await app.close();
  }
} catch (error) {
  if (!(error instanceof BadOption || error instanceof NoSuchStaff)) throw error;
  const usage = error instanceof BadOption ? `${USAGE}\n` : '';
  process.stderr.write(`staff: ${error.message}\n${usage}`);
  process.exitCode = error instanceof BadOption ? 2 : 1;
}
