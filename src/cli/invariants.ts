import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { checkInvariants, IN_FLIGHT_OR_HELD, report } from '#invariants';
import { databaseOptions } from '../database.js';

const { DATABASE_URL } = process.env;
if (!DATABASE_URL) throw new Error('DATABASE_URL: says which database to check');

const source = await new DataSource(databaseOptions({ DATABASE_URL, DATABASE_POOL_SIZE: 1 })).initialize();
const findings = await checkInvariants(source, IN_FLIGHT_OR_HELD);
process.stdout.write(`${report(findings)}\n`);
await source.destroy();
process.exitCode = findings.broken.length > 0 ? 1 : 0;
