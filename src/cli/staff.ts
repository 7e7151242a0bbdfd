import 'reflect-metadata';
import { userInfo } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { SuppliersService } from '#catalog';
import { readConfig } from '#common';
import { LoginNameTaken, NoSuchStaff, RolesUnfit, StaffAccountsService } from '#identity';
import { AppModule } from '../app.module.js';
import { BadOption, readOptions, USAGE } from './staff/options.js';
import { decideStaff, NoSuchSupplier } from './staff/run.js';

/** What whoever calls the command can mend. */
const EXPECTED = [BadOption, LoginNameTaken, NoSuchStaff, NoSuchSupplier, RolesUnfit];

function isExpected(error: unknown): error is Error {
  return EXPECTED.some((kind) => error instanceof kind);
}

try {
  const options = readOptions(process.argv.slice(2));
  const app = await NestFactory.createApplicationContext(AppModule.with(readConfig(process.env)), {
    logger: ['warn', 'error', 'fatal'],
  });
  try {
    const accounts = app.get(StaffAccountsService, { strict: false });
    const suppliers = app.get(SuppliersService, { strict: false });
    const lines = await decideStaff({ accounts, suppliers }, options, `command:${userInfo().username}`);
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  } finally {
    await app.close();
  }
} catch (error) {
  if (!isExpected(error)) throw error;
  const usage = error instanceof BadOption ? `${USAGE}\n` : '';
  process.stderr.write(`staff: ${error.message}\n${usage}`);
  process.exitCode = error instanceof BadOption ? 2 : 1;
}
