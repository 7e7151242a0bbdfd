import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { DoesNotApply, withBug } from '../../src/cli/prove/bug.js';
import { BUGS } from '../../src/cli/prove/bugs/index.js';
import { chosen } from '../../src/cli/prove/choice.js';
import { BadOption, readOptions } from '../../src/cli/prove/options.js';
import { report } from '../../src/cli/prove/report.js';
import { type Verdict, verdictOf } from '../../src/cli/prove/verdict.js';

describe('the seeded bugs', () => {
  it('are many, and each has a name of its own', () => {
    expect(BUGS.length).toBeGreaterThanOrEqual(30);
    expect(new Set(BUGS.map(({ name }) => name)).size).toBe(BUGS.length);
  });

  it('are as many as docs/PROOF.md says, in all and by kind', async () => {
    const page = await readFile('docs/PROOF.md', 'utf8');
    expect(page).toContain(`puts ${BUGS.length} known bugs into copies`);
    const [, kinds = ''] = /## Seeded bugs\n.*?\n((?:\|[^\n]*\n)+)/s.exec(page) ?? [];
    const counts = [...kinds.matchAll(/^\| (\d+) \|/gm)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(BUGS.length);
  });

  it.each(BUGS)('fit the source as it stands: $name', async (bug) => {
    const text = await readFile(bug.file, 'utf8');
    expect(withBug(bug, text)).not.toBe(text);
    expect(bug.file).toMatch(/^(src|migrations)\//);
    expect(await readFile(bug.caughtBy.file, 'utf8')).toContain("from '@jest/globals'");
  });
});

describe('a bug', () => {
  const bug = { file: 'src/some.ts', search: 'if (isPaid)', replace: 'if (true)' };

  it('takes the place of what it replaces, to the letter', () => {
    expect(withBug({ ...bug, replace: '$& $1' }, 'a; if (isPaid) b;')).toBe('a; $& $1 b;');
  });

  it.each([
    { what: 'is gone', text: 'if (wasPaid) b;', times: '0 times' },
    { what: 'stands there twice', text: 'if (isPaid) a; if (isPaid) b;', times: '2 times' },
  ])('does not apply where what it replaces $what', ({ text, times }) => {
    expect(() => withBug(bug, text)).toThrow(DoesNotApply);
    expect(() => withBug(bug, text)).toThrow(times);
  });
});

describe('what Jest tells', () => {
  const test = (fullName: string, status: string, failureMessages: string[] = []) => ({
    fullName,
    status,
    failureMessages,
  });
  const results = (tests: ReturnType<typeof test>[], numRuntimeErrorTestSuites = 0) => ({
    testResults: [{ message: 'Syntax Error', assertionResults: tests }],
    numRuntimeErrorTestSuites,
  });

  it.each<{ what: string; told: ReturnType<typeof results>; verdict: Verdict }>([
    {
      what: 'a test that fails beside others',
      told: results([
        test('one', 'passed'),
        test('two', 'failed', ['\u001B[2mexpected 1\u001B[22m\n\n  received 2\n    at x']),
        test('three', 'pending'),
      ]),
      verdict: { kind: 'CAUGHT', by: 'two', because: 'expected 1 received 2' },
    },
    {
      what: 'a test that fails, after which the file cannot be brought to its end either',
      told: results([test('one', 'failed', ['expected 1'])], 1),
      verdict: { kind: 'CAUGHT', by: 'one', because: 'expected 1' },
    },
    { what: 'that all pass', told: results([test('one', 'passed')]), verdict: { kind: 'NOT_CAUGHT' } },
    {
      what: 'that none of them ran',
      told: results([test('one', 'pending')]),
      verdict: { kind: 'PROVES_NOTHING', because: 'there is no test of that name' },
    },
    {
      what: 'that the file cannot be read, which any typing error does',
      told: results([], 1),
      verdict: { kind: 'PROVES_NOTHING', because: 'it does not run: Syntax Error' },
    },
  ])('$what: $verdict.kind', ({ told, verdict }) => {
    expect(verdictOf(told)).toEqual(verdict);
  });

  it('is summed up in one line', () => {
    const proof: Verdict[] = [
      { kind: 'CAUGHT', by: 'a test', because: '' },
      { kind: 'NOT_CAUGHT' },
      { kind: 'PROVES_NOTHING', because: '' },
    ];
    expect(report(proof)).toBe('prove: 3 bugs, 1 caught, 1 not caught, 1 proving nothing');
  });
});

describe('the arguments of `npm run prove`', () => {
  it('say which bugs', () => {
    expect(readOptions([])).toEqual({ only: null, rotation: null, isListing: false });
    expect(readOptions(['--only', 'an heir'])).toMatchObject({ only: 'an heir' });
    expect(readOptions(['--rotate', '5', '--seed', '0', '--list'])).toEqual({
      only: null,
      rotation: { count: 5, seed: 0 },
      isListing: true,
    });
  });

  it.each([
    { args: ['--rotate', '5'], named: '--rotate and --seed' },
    { args: ['--seed', '5'], named: '--rotate and --seed' },
    { args: ['--rotate', '0', '--seed', '1'], named: '--rotate takes' },
    { args: ['--rotate', '5', '--seed', 'x'], named: '--seed takes' },
    { args: ['--only', ''], named: '--only takes' },
    { args: ['--all'], named: '--all' },
  ])('that cannot be followed are named: $args', ({ args, named }) => {
    expect(() => readOptions(args)).toThrow(BadOption);
    expect(() => readOptions(args)).toThrow(named);
  });

  it('that name a bug which does not exist are refused', () => {
    expect(() => chosen(BUGS, { only: 'no such bug', rotation: null })).toThrow(BadOption);
    expect(chosen(BUGS, { only: BUGS[3]!.name, rotation: null })).toEqual([BUGS[3]]);
  });

  it('let every bug have its turn, five at a time', () => {
    const turns = Math.floor(BUGS.length / 5) + 5;
    const seen = Array.from({ length: turns }, (_, seed) => chosen(BUGS, { only: null, rotation: { count: 5, seed } }));
    expect(seen.every((turn) => turn.length === 5)).toBe(true);
    expect(new Set(seen.flat()).size).toBe(BUGS.length);
  });
});
