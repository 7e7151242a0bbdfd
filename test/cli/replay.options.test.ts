import { describe, expect, it } from '@jest/globals';
import { BadOption, readOptions } from '../../src/cli/replay/options.js';

describe('readOptions', () => {
  it('has a default for everything but the file', () => {
    expect(readOptions(['orders.csv'])).toEqual({
      file: 'orders.csv',
      linesMax: Infinity,
      seed: 1,
      clients: 16,
      size: 3,
      ttlSeconds: 86_400,
    });
  });

  it('takes what it is told, wherever the file stands', () => {
    const args = ['--lines', '20000', 'orders.csv.gz', '--seed=7', '--clients', '32', '--size', '5', '--ttl', '90m'];
    expect(readOptions(args)).toEqual({
      file: 'orders.csv.gz',
      linesMax: 20_000,
      seed: 7,
      clients: 32,
      size: 5,
      ttlSeconds: 5_400,
    });
  });

  // prettier-ignore
  it.each<[args: string[], names: string]>([
    [[],                              'FILE'],
    [['a.csv', 'b.csv'],              'b.csv'],
    [['a.csv', '--lines', '0'],       '--lines'],
    [['a.csv', '--lines', '1e3'],     '--lines'],
    [['a.csv', '--seed', '-1'],       '--seed'],
    [['a.csv', '--seed', '0.5'],      '--seed'],
    [['a.csv', '--clients', 'many'],  '--clients'],
    [['a.csv', '--size', '1'],        '--size'],
    [['a.csv', '--size', '101'],      '--size'],
    [['a.csv', '--ttl', '24'],        '--ttl'],
    [['a.csv', '--ttl', '0h'],        '--ttl'],
    [['a.csv', '--ttl', '14m'],       '--ttl'],
    [['a.csv', '--ttl', '49h'],       '--ttl'],
    [['a.csv', '--ttl', '3d'],        '--ttl'],
    [['a.csv', '--speed', '2'],       '--speed'],
    [['a.csv', '--lines'],            '--lines'],
  ])('refuses %j and names %s', (args, names) => {
    expect(() => readOptions(args)).toThrow(BadOption);
    expect(() => readOptions(args)).toThrow(names);
  });
});
