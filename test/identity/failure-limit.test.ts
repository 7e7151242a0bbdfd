import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Refused } from '#common';
import { networkOf } from '../../src/identity/client-address.js';
import { FailureLimit } from '../../src/identity/failure-limit.js';
import { TooManyAttempts } from '../../src/identity/identity.refusals.js';

class Wrong extends Error {}

const SECONDS = 600;
const HOME = '192.0.2.1';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const limitOf = (failuresMax: number): FailureLimit =>
  new FailureLimit({ failuresMax, seconds: SECONDS, isFailure: (error) => error instanceof Wrong });

/** How an attempt ends: its answer, or the name of what it throws. */
async function outcomeOf(limit: FailureLimit, work: () => Promise<string>, address = HOME): Promise<string> {
  try {
    return await limit.attempt(address, work);
  } catch (error) {
    return error instanceof Refused ? error.refusal.constructor.name : (error as Error).constructor.name;
  }
}
const right = (): Promise<string> => Promise.resolve('right');
const wrong = (): Promise<string> => Promise.reject(new Wrong());
const broken = (): Promise<string> => Promise.reject(new TypeError('WeChat does not answer'));

async function inTurn(limit: FailureLimit, works: (() => Promise<string>)[]): Promise<string[]> {
  const outcomes: string[] = [];
  for (const work of works) outcomes.push(await outcomeOf(limit, work));
  return outcomes;
}

describe('a limit on failures', () => {
  it('lets an address fail as often as it says, and then not even succeed', async () => {
    expect(await inTurn(limitOf(2), [wrong, right, wrong, wrong, right])).toEqual([
      ...['Wrong', 'right', 'Wrong', 'TooManyAttempts', 'TooManyAttempts'],
    ]);
  });

  it('never counts what succeeds, nor what is nobody’s fault', async () => {
    const limit = limitOf(2);
    for (let time = 0; time < 50; time += 1) {
      expect(await inTurn(limit, [right, broken])).toEqual(['right', 'TypeError']);
    }
  });

  it('counts each address for itself', async () => {
    const limit = limitOf(1);
    expect(await outcomeOf(limit, wrong, '192.0.2.1')).toBe('Wrong');
    expect(await outcomeOf(limit, right, '192.0.2.1')).toBe('TooManyAttempts');
    expect(await outcomeOf(limit, right, '192.0.2.2')).toBe('right');
  });

  it('begins anew when its time is over, and says how long that takes', async () => {
    const limit = limitOf(1);
    await outcomeOf(limit, wrong);
    jest.advanceTimersByTime(100_500);
    const refused = await limit.attempt(HOME, right).catch((error: unknown) => error);
    expect((refused as Refused).refusal).toBeInstanceOf(TooManyAttempts);
    expect((refused as Refused).refusal).toMatchObject({ retryAfterSeconds: 500 });
    jest.advanceTimersByTime(500_000);
    expect(await outcomeOf(limit, right)).toBe('right');
  });

  it('is the same for a hundred at once as for a hundred in a row', async () => {
    const limit = limitOf(30);
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => outcomeOf(limit, wrong)));
    expect(outcomes.filter((outcome) => outcome === 'Wrong')).toHaveLength(30);
    expect(outcomes.filter((outcome) => outcome === 'TooManyAttempts')).toHaveLength(70);
  });

  it('lets any number in at once who succeed, though no more than may fail are under way together', async () => {
    let [underWay, most] = [0, 0];
    const slow = async (): Promise<string> => {
      underWay += 1;
      most = Math.max(most, underWay);
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      underWay -= 1;
      return 'right';
    };
    const limit = limitOf(3);
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => outcomeOf(limit, slow)));
    expect(new Set(outcomes)).toEqual(new Set(['right']));
    expect(most).toBe(3);
  });
});

describe('one address', () => {
  // prettier-ignore
  it.each([
    ['192.0.2.1',                    '192.0.2.1'],
    ['::ffff:192.0.2.1',             '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6',         '2001:db8:1:2'],
    ['2001:db8:1:2::6',              '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::',        '2001:db8:1:2'],
    ['2001:db8::6',                  '2001:db8:0:0'],
    ['::1',                          '0:0:0:0'],
    ['fe80::1%eth0',                 'fe80:0:0:0'],
    ['1:2:3:4:5:6:7::',              '1:2:3:4'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
