import 'reflect-metadata';
import { BrokenChain } from '#audit';
import { BadOption, readOptions, USAGE } from './audit/options.js';
import { exportTrail, verifyExport } from './audit/run.js';

try {
  const options = readOptions(process.argv.slice(2));
  const lines = options.action === 'verify' ? await verifyExport(options.file) : await exportTrail(options);
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
} catch (error) {
  const isUsage = error instanceof BadOption;
  const isFile = error instanceof Error && 'syscall' in error && error.syscall === 'open';
  if (!isUsage && !isFile && !(error instanceof BrokenChain)) throw error;
  process.stderr.write(`audit: ${error.message}\n${isUsage ? `${USAGE}\n` : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}
