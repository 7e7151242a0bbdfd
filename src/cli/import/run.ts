import { createReadStream } from 'node:fs';
import type { INestApplicationContext } from '@nestjs/common';
import {
  ApplyingService,
  type CatalogImport,
  CheckingService,
  type ImportMistake,
  ImportsService,
  StagingService,
  textsOfMistake,
} from '#catalog';
import { type Actor, secondsAfter, Transactor } from '#common';
import type { ImportOptions } from './options.js';

const MISTAKES_AT_ONCE = 500;

/** A worker goes on with what this process leaves behind, but not while it is at it. */
const WORKER_AFTER_SECONDS = 600;

/**
 * Reads, checks and applies a file, and tells what comes of it line by line.
 *
 * @param say hears each line of what is told
 * @returns whether all of it was done, or could be if it is only checked
 */
export async function importFile(
  app: INestApplicationContext,
  { file, makesMissing, reason }: ImportOptions,
  { by, say }: { readonly by: Actor; readonly say: (line: string) => void },
): Promise<boolean> {
  const checkAt = secondsAfter(new Date(), WORKER_AFTER_SECONDS);
  const staging = app.get(StagingService, { strict: false });
  const staged = await staging.stage(createReadStream(file), { by, makesMissing, checkAt });
  say(`${staged.id}: ${staged.linesTotal} lines were read`);
  const checked = await app.get(CheckingService, { strict: false }).check(staged.id);
  if (checked.status !== 'READY') return complain(app, checked, say);
  say('there is no mistake');
  const imports = app.get(ImportsService, { strict: false });
  if (reason === null) {
    await imports.cancel(staged.id, { by, reason: 'it was only checked' });
    return true;
  }
  await app.get(Transactor, { strict: false }).run((db) => imports.begin(db, staged.id, { by, reason }));
  const applied = await app.get(ApplyingService, { strict: false }).apply(staged.id, null, progress(say));
  say(`${applied.linesApplied} lines were applied, ${applied.linesFailed} were not`);
  return applied.status === 'DONE' || complain(app, applied, say);
}

/** Tells each tenth part once. */
function progress(say: (line: string) => void): (at: CatalogImport) => void {
  let told = 0;
  return ({ linesApplied, linesFailed, linesTotal }) => {
    const tenths = Math.floor((10 * (linesApplied + linesFailed)) / linesTotal);
    if (tenths > told) say(`${tenths * 10} %`);
    told = tenths;
  };
}

async function complain(
  app: INestApplicationContext,
  { id }: CatalogImport,
  say: (line: string) => void,
): Promise<false> {
  const imports = app.get(ImportsService, { strict: false });
  let after: string | null = null;
  do {
    const { edges, pageInfo } = await imports.mistakes(id, { first: MISTAKES_AT_ONCE, after });
    for (const { node } of edges) say(describeMistake(node));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return false;
}

/** A mistake as a line: where, and what. */
export function describeMistake(mistake: ImportMistake): string {
  const { line, column } = mistake;
  return `line ${line}${column === null ? '' : `, column ${column}`}: ${textsOfMistake(mistake).en}`;
}
