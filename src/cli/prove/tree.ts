import { cp, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SeededBug, withBug } from './bug.js';

/** What tests do not read, what is made of the sources, and a developer's own. */
const LEFT_OUT = new Set(['.git', '.data', '.env', 'dist', 'node_modules']);

/** A copy of the project, below the temporary directory, in which a bug hurts nobody. */
export class Tree {
  private constructor(readonly directory: string) {}

  static async copyOf(root: string): Promise<Tree> {
    const directory = await mkdtemp(join(tmpdir(), 'tree-'));
    const entries = (await readdir(root)).filter((entry) => !LEFT_OUT.has(entry));
    await Promise.all(entries.map((entry) => cp(join(root, entry), join(directory, entry), { recursive: true })));
    await symlink(join(root, 'node_modules'), join(directory, 'node_modules'), 'dir');
    return new Tree(directory);
  }

  /**
   * Does something while a bug is in the copy; afterwards the copy is as it was.
   *
   * @throws DoesNotApply if the bug fits no more
   */
  async with<Result>(bug: SeededBug, work: () => Promise<Result>): Promise<Result> {
    const file = join(this.directory, bug.file);
    const text = await readFile(file, 'utf8');
    await writeFile(file, withBug(bug, text));
    try {
      return await work();
    } finally {
      await writeFile(file, text);
    }
  }
}
