import { type Catcher, DoesNotApply, type SeededBug } from './bug.js';
import { JestDied, runJest } from './jest.js';
import { lineOf } from './report.js';
import { Tree } from './tree.js';
import { type Verdict, verdictOf } from './verdict.js';

interface Terms {
  /** How many bugs are tried at the same time, each in a copy of its own. */
  readonly lanes: number;
  /** True if somebody else has just run the whole suite: then it is not tried without any bug first. */
  readonly isSuiteTrusted: boolean;
  readonly say: (line: string) => void;
}

/** @param startedAt as `performance.now()` gave it */
type Tell = (bug: SeededBug, verdict: Verdict, startedAt: number) => void;

/** Tries each bug against the tests that must catch it, and tells what came of it as it goes. */
export async function prove(
  root: string,
  bugs: readonly SeededBug[],
  { lanes, isSuiteTrusted, say }: Terms,
): Promise<readonly Verdict[]> {
  const trees = await Promise.all(Array.from({ length: lanes }, () => Tree.copyOf(root)));
  const verdicts: Verdict[] = [];
  const tell: Tell = (bug, verdict, startedAt) => {
    verdicts.push(verdict);
    say(lineOf(bug, verdict, secondsSince(startedAt)));
  };

  const soundly = isSuiteTrusted ? bugs : await withSoundTests(trees, bugs, { say, tell });
  await inLanes(trees, soundly, async (tree, bug) => {
    const startedAt = performance.now();
    tell(bug, await trial(tree, bug), startedAt);
  });
  return verdicts;
}

/** Leaves out, and tells, the bugs whose tests fail already without them: such a test catches anything. */
async function withSoundTests(
  trees: readonly Tree[],
  bugs: readonly SeededBug[],
  { say, tell }: Pick<Terms, 'say'> & { readonly tell: Tell },
): Promise<SeededBug[]> {
  const sound: SeededBug[] = [];
  const files = [...new Set(bugs.map(({ caughtBy }) => caughtBy.file))];
  await inLanes(trees, files, async (tree, file) => {
    const startedAt = performance.now();
    const concerned = bugs.filter(({ caughtBy }) => caughtBy.file === file);
    const verdict = await judged(
      tree,
      concerned.map(({ caughtBy }) => caughtBy),
    );
    if (verdict.kind === 'NOT_CAUGHT') {
      sound.push(...concerned);
      say(`passes without a bug: ${file} (${secondsSince(startedAt).toFixed(1)} s)`);
    } else {
      const because =
        verdict.kind === 'CAUGHT' ? `without it, "${verdict.by}" fails too: ${verdict.because}` : verdict.because;
      for (const bug of concerned) tell(bug, { kind: 'PROVES_NOTHING', because }, startedAt);
    }
  });
  return bugs.filter((bug) => sound.includes(bug));
}

async function trial(tree: Tree, bug: SeededBug): Promise<Verdict> {
  try {
    return await tree.with(bug, () => judged(tree, [bug.caughtBy]));
  } catch (error) {
    if (!(error instanceof DoesNotApply)) throw error;
    return { kind: 'PROVES_NOTHING', because: `it does not apply: ${error.message}` };
  }
}

async function judged({ directory }: Tree, catchers: readonly Catcher[]): Promise<Verdict> {
  try {
    return verdictOf(await runJest(directory, catchers));
  } catch (error) {
    if (!(error instanceof JestDied)) throw error;
    return { kind: 'PROVES_NOTHING', because: `it does not run: ${error.message}` };
  }
}

/** Each lane takes the next item as soon as it is free. */
async function inLanes<Item>(
  trees: readonly Tree[],
  items: readonly Item[],
  work: (tree: Tree, item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  await Promise.all(
    trees.map(async (tree) => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(tree, item);
    }),
  );
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1_000;
}
