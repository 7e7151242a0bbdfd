import 'reflect-metadata';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NestFactory } from '@nestjs/core';
import { ExportingService } from '#catalog';
import { readConfig } from '#common';
import { AppModule } from '../app.module.js';

const USAGE = 'npm run export -- FILE.csv\nFILE.csv must not be there yet';

const [file, ...others] = process.argv.slice(2);
if (file === undefined || file.startsWith('-') || others.length > 0) {
  process.stderr.write(`export: one FILE.csv is taken\n${USAGE}\n`);
  process.exitCode = 2;
} else {
  await exportTo(file);
}

async function exportTo(path: string): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule.with(readConfig(process.env)), {
    logger: ['warn', 'error', 'fatal'],
  });
  try {
    const lines = app.get(ExportingService, { strict: false }).lines(null);
    await pipeline(Readable.from(lines, { objectMode: false }), createWriteStream(path, { flags: 'wx' }));
    process.stdout.write(`the catalogue is in ${path}\n`);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && error.syscall === 'open')) throw error;
    process.stderr.write(`export: ${error.message}\n`);
    process.exitCode = 1;
  } finally {
    await app.close();
  }
}
