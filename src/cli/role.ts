import 'reflect-metadata';
import { userInfo } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { readConfig, RequestError } from '#common';
import { PeopleService } from '#identity';
import { AppModule } from '../app.module.js';
import { BadOption, readOptions, USAGE } from './role/options.js';
import { changeRole } from './role/run.js';

try {
  const options = readOptions(process.argv.slice(2));
  const app = await NestFactory.createApplicationContext(AppModule.with(readConfig(process.env)), {
    logger: ['warn', 'error', 'fatal'],
  });
  try {
    const people = app.get(PeopleService, { strict: false });
    const lines = await changeRole(people, options, `command:${userInfo().username}`);
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  } finally {
    await app.close();
  }
} catch (error) {
  if (!(error instanceof BadOption || error instanceof RequestError)) throw error;
  const usage = error instanceof BadOption ? `${USAGE}\n` : '';
  process.stderr.write(`role: ${error.message}\n${usage}`);
  process.exitCode = error instanceof BadOption ? 2 : 1;
}
