import 'reflect-metadata';
import { userInfo } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '#common';
import { AppModule } from '../app.module.js';
import { BadOption, readOptions, USAGE } from './import/options.js';
import { importFile } from './import/run.js';

try {
  const options = readOptions(process.argv.slice(2));
  const app = await NestFactory.createApplicationContext(AppModule.with(readConfig(process.env)), {
    logger: ['warn', 'error', 'fatal'],
  });
  try {
    const say = (line: string): boolean => process.stdout.write(`${line}\n`);
    const isDone = await importFile(app, options, { by: `command:${userInfo().username}`, say });
    if (!isDone) process.exitCode = 1;
  } finally {
    await app.close();
  }
} catch (error) {
  const isUsage = error instanceof BadOption;
  const isFile = error instanceof Error && 'syscall' in error && error.syscall === 'open';
  if (!isUsage && !isFile) throw error;
  process.stderr.write(`import: ${error.message}\n${isUsage ? `${USAGE}\n` : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}
