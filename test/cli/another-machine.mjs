/**
 * Loaded by Node before a command, this hides every database server of the machine until the file INSTALLED is there, and lets
 * the disks look as full as FREE_MEGABYTES says, one figure for each time it is asked, then as they are.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const SERVER_PROGRAM = /\/(mariadbd|mysqld)$/;
const { INSTALLED, FREE_MEGABYTES } = process.env;
const { existsSync } = fs;
const { statfs } = fs.promises;

if (INSTALLED) {
  const hiding = (/** @type {fs.PathLike} */ path) =>
    existsSync(path) && (!SERVER_PROGRAM.test(String(path)) || existsSync(INSTALLED));
  Object.assign(fs, { existsSync: hiding });
}

const figures = FREE_MEGABYTES ? FREE_MEGABYTES.split(',').map(Number) : [];
const scripted = async (/** @type {fs.PathLike} */ path) => {
  const real = await statfs(path);
  const megabytes = figures.shift();
  return megabytes === undefined ? real : Object.assign(real, { bsize: 1_024 * 1_024, bavail: megabytes });
};
Object.assign(fs.promises, { statfs: scripted });
syncBuiltinESMExports();
