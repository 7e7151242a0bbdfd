/**
 * Node's module hooks in the processes that try mutants: they let the rule tests run as they stand, in TypeScript and without Jest's
 * sandboxes. What a mutant does not concern stays loaded, which makes a trial take a fraction of a second.
 */
import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';
import { type Freshness, freshnessOf, withFreshness } from './freshness.js';

const GLOBALS = new URL('./globals.js', import.meta.url).href;

/** By module, those that import it. */
const importers = new Map<string, Set<string>>();
/** By mutated file, all modules that must be loaded again for a change of it to be seen. */
const concerned = new Map<string, ReadonlySet<string>>();
/** Files do not change while they are tried: all mutants of a file are in it at once, and a switch says which is active. */
const compiled = new Map<string, Promise<string>>();

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
  const { parentURL } = context;
  if (!isTypeScript(parentURL)) return nextResolve(specifier, context);
  const found = await nextResolve(asSource(specifier), withSourceOf(specifier, context));
  if (!isTypeScript(found.url)) return found;
  const parent = freshnessOf(parentURL);
  note(found.url, parent.module);
  return { ...found, url: mustBeFresh(found.url, parent) ? withFreshness(found.url, parent) : found.url };
};

export const load: LoadHook = async (url, context, nextLoad) => {
  if (!isTypeScript(url)) return nextLoad(url, context);
  const { module } = freshnessOf(url);
  let source = compiled.get(module);
  if (!source) compiled.set(module, (source = transformFile(fileURLToPath(module)).then(({ code }) => code)));
  return { format: 'module', source: await source, shortCircuit: true };
};

function isTypeScript(url: string | undefined): url is string {
  return url !== undefined && url.startsWith('file:') && freshnessOf(url).module.endsWith('.ts');
}

/** Sources name each other as they will be named when they are built. */
function asSource(specifier: string): string {
  return specifier.startsWith('.') ? specifier.replace(/\.js$/, '.ts') : specifier;
}

/** Our modules name each other by `#`, which the condition leads to their sources; packages are taken as they are published. */
function withSourceOf<Context extends { readonly conditions: string[] }>(specifier: string, context: Context): Context {
  return specifier.startsWith('#') ? { ...context, conditions: [...context.conditions, 'source'] } : context;
}

function note(module: string, importer: string): void {
  const known = importers.get(module);
  if (known) known.add(importer);
  else importers.set(module, new Set([importer]));
}

function mustBeFresh(module: string, { turn, mutated }: Freshness): boolean {
  if (turn === null || mutated === null) return false;
  let modules = concerned.get(mutated);
  if (!modules) concerned.set(mutated, (modules = importersOf(mutated)));
  return modules.has(module);
}

/** The module and whatever imports it, directly or not. Every test was loaded once before any mutant was tried, so all are known. */
function importersOf(module: string): Set<string> {
  const found = new Set([module]);
  for (const each of found) for (const importer of importers.get(each) ?? []) found.add(importer);
  return found;
}
