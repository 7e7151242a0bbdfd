import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { databaseOptions } from '../database.js';

const { DATABASE_URL } = process.env;
if (!DATABASE_URL) throw new Error('DATABASE_URL: says which database to bring up to date');

const source = await new DataSource(databaseOptions({ DATABASE_URL, DATABASE_POOL_SIZE: 1 })).initialize();
const applied = await source.runMigrations({ transaction: 'none' }); // DDL commits by itself.
for (const { name } of applied) process.stdout.write(`migrated ${name}\n`);
await source.destroy();
