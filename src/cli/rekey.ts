import 'reflect-metadata';
import { userInfo } from 'node:os';
import { DataSource } from 'typeorm';
import { Trail } from '#audit';
import { businessTimeBy, Vault } from '#common';
import { databaseOptions } from '../database.js';
import { BadOption, readReason, USAGE } from './rekey/options.js';
import { rekey } from './rekey/run.js';

try {
  const reason = readReason(process.argv.slice(2));
  const { DATABASE_URL, DATA_KEYS, DATA_INDEX_KEY, BUSINESS_CLOCK } = process.env;
  if (!DATABASE_URL) throw new Error('DATABASE_URL: says in which database to seal anew');
  const BusinessTime = businessTimeBy(BUSINESS_CLOCK === 'simulated' ? 'simulated' : 'real');
  const vault = new Vault({ DATA_KEYS, DATA_INDEX_KEY });
  const source = await new DataSource(databaseOptions({ DATABASE_URL, DATABASE_POOL_SIZE: 1 })).initialize();
  const say = (line: string): boolean => process.stdout.write(`${line}\n`);
  const complain = (line: string): boolean => process.stderr.write(`rekey: ${line}\n`);
  const rekeying = { source, vault, trail: new Trail(new BusinessTime()), say, complain };
  const brokenValues = await rekey(rekeying, { by: `command:${userInfo().username}`, reason });
  await source.destroy();
  say(
    brokenValues === 0
      ? `rekey: every value found is under key ${vault.newestKeyId}`
      : `rekey: ${brokenValues} values cannot be opened; no key may be taken out of DATA_KEYS yet`,
  );
  process.exitCode = brokenValues === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof BadOption)) throw error;
  process.stderr.write(`rekey: ${error.message}\n${USAGE}\n`);
  process.exitCode = 2;
}
