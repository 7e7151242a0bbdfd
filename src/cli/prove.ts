import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { BUGS } from './prove/bugs/index.js';
import { chosen } from './prove/choice.js';
import { BadOption, readOptions, USAGE } from './prove/options.js';
import { prove } from './prove/prove.js';
import { listOf, report } from './prove/report.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const options = readOptions(process.argv.slice(2));
  const bugs = chosen(BUGS, options);
  if (options.isListing) say(listOf(bugs));
  else {
    const root = join(import.meta.dirname, '../../..');
    const lanes = Math.min(availableParallelism(), bugs.length);
    const proof = await prove(root, bugs, { lanes, isSuiteTrusted: options.rotation !== null, say });
    say(report(proof));
    process.exitCode = proof.every(({ kind }) => kind === 'CAUGHT') ? 0 : 1;
  }
} catch (error) {
  if (!(error instanceof BadOption)) throw error;
  process.stderr.write(`prove: ${error.message}\n${USAGE}\n`);
  process.exitCode = 2;
}
