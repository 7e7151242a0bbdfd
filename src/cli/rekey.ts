import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { sealedPlaces, Vault } from '#common';
import { databaseOptions } from '../database.js';
import { resealColumn } from './rekey/reseal.js';

const { DATABASE_URL, DATA_KEYS, DATA_INDEX_KEY } = process.env;
if (!DATABASE_URL) throw new Error('DATABASE_URL: says in which database to seal anew');

const vault = new Vault({ DATA_KEYS, DATA_INDEX_KEY });
const source = await new DataSource(databaseOptions({ DATABASE_URL, DATABASE_POOL_SIZE: 1 })).initialize();
let brokenValues = 0;
for (const place of sealedPlaces(source)) {
  const { resealed, broken } = await resealColumn(source, vault, place, (done) => {
    process.stdout.write(`${place.name}: ${done} ...\n`);
  });
  for (const why of broken) process.stderr.write(`rekey: ${why}\n`);
  process.stdout.write(`${place.name}: ${resealed} sealed under key ${vault.newestKeyId}\n`);
  brokenValues += broken.length;
}
await source.destroy();
process.stdout.write(
  brokenValues === 0
    ? `rekey: every value found is under key ${vault.newestKeyId}\n`
    : `rekey: ${brokenValues} values cannot be opened; no key may be taken out of DATA_KEYS yet\n`,
);
process.exitCode = brokenValues === 0 ? 0 : 1;
