import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Which module imports which, as a Mermaid graph: an arrow points from the user to the used. */
export async function drawModules(): Promise<string> {
  const folders = await readdir('src', { withFileTypes: true });
  const modules = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const arrows: string[] = [];
  for (const module of modules.sort()) {
    const used = await importedBy(module);
    for (const other of [...used].filter((name) => name !== module).sort()) arrows.push(`  ${module} --> ${other}`);
  }
  return `graph TD\n${arrows.join('\n')}\n`;
}

async function importedBy(module: string): Promise<Set<string>> {
  const entries = await readdir(join('src', module), { recursive: true });
  const sources = await Promise.all(
    entries.filter((name) => name.endsWith('.ts')).map((name) => readFile(join('src', module, name), 'utf8')),
  );
  return new Set(sources.flatMap((text) => [...text.matchAll(/ from '#([\w-]+)'/g)].map(([, name = '']) => name)));
}
