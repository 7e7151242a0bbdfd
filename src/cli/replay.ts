import 'reflect-metadata';
import { BadOption, readOptions, USAGE } from './replay/options.js';
import { isProof } from './replay/proof.js';
import { replay } from './replay/replay.js';
import { reportOf } from './replay/report.js';

let exitCode: number;
try {
  const replayed = await replay(readOptions(process.argv.slice(2)), process.env);
  process.stdout.write(`${reportOf(replayed)}\n`);
  exitCode = isProof({ ...replayed, ...replayed.driven }) ? 0 : 1;
} catch (error) {
  const isMisuse = error instanceof BadOption;
  const usage = isMisuse ? `${USAGE}\n` : '';
  process.stderr.write(`replay: ${error instanceof Error ? error.message : String(error)}\n${usage}`);
  exitCode = isMisuse ? 2 : 1;
}
// After a failure, purchases may still be under way against a shop that is gone; nobody waits for them.
process.exit(exitCode);
