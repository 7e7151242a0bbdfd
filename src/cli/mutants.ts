import { join } from 'node:path';
import { EQUIVALENTS } from './mutants/equivalents.js';
import { BadFile, chosenFiles } from './mutants/files.js';
import { report } from './mutants/report.js';
import { scoresOf } from './mutants/score.js';
import { tryMutants } from './mutants/try.js';

try {
  // Everything is named by its path in the project.
  process.chdir(join(import.meta.dirname, '../../..'));
  const files = await chosenFiles(process.argv.slice(2));
  const scores = scoresOf(await tryMutants(files), files, EQUIVALENTS);
  const { text, isEnough } = report(scores);
  process.stdout.write(`${text}\n`);
  process.exitCode = isEnough ? 0 : 1;
} catch (error) {
  if (!(error instanceof BadFile)) throw error;
  process.stderr.write(`mutants: ${error.message}\nnpm run mutants [-- FILE.rules.ts ...]\n`);
  process.exitCode = 2;
}
