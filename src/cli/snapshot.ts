import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { DataSource } from 'typeorm';
import { readConfig } from '#common';
import { AppModule } from '../app.module.js';
import { describeDatabase } from './snapshot/database.js';
import { drawModules } from './snapshot/modules.js';

/**
 * What the code amounts to, committed so that a change shows what it changes: the API, the database, the modules.
 * Writes the files anew; with `--check` it writes nothing and fails where one is out of date.
 */
process.chdir(join(import.meta.dirname, '../../..')); // The files are the project's, wherever it is called from.
const app = await NestFactory.create<NestFastifyApplication>(
  AppModule.with(readConfig(process.env)),
  new FastifyAdapter(),
  {
    logger: ['error', 'fatal'],
  },
);
await app.init();
await app.get(DataSource).runMigrations({ transaction: 'none' });
const snapshots: Record<string, string> = {
  'schema.graphql': `${printSchema(lexicographicSortSchema(app.get(GraphQLSchemaHost).schema))}\n`,
  'migrations/schema.sql': await describeDatabase(app.get(DataSource)),
  'docs/module-graph.mmd': await drawModules(),
};
await app.close();

const isCheck = process.argv.includes('--check');
for (const [file, text] of Object.entries(snapshots)) {
  const committed = await readFile(file, 'utf8').catch(() => '');
  if (committed === text) continue;
  process.stdout.write(isCheck ? `${file} is out of date: run npm run snapshot\n` : `wrote ${file}\n`);
  if (isCheck) process.exitCode = 1;
  else await writeFile(file, text);
}
