import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { runTimeline, type Step } from '../../src/cli/replay/timeline.js';

function minute(count: number): Date {
  return new Date(Date.UTC(2009, 11, 1, 8, count));
}

describe('runTimeline', () => {
  let log: string[];
  const moveClock = (now: Date): Promise<void> => {
    log.push(`it is ${now.getUTCMinutes()}`);
    return Promise.resolve();
  };
  const step = (name: string, at: number, milliseconds = 0): Step => ({
    at: minute(at),
    run: async () => {
      log.push(`${name} starts`);
      await sleep(milliseconds);
      log.push(`${name} ends`);
    },
  });

  beforeEach(() => {
    log = [];
  });

  it('moves the clock once for each instant, before what happens then', async () => {
    await runTimeline([step('a', 1), step('b', 1), step('c', 2)], { atOnce: 1, slackSeconds: 0 }, moveClock);
    expect(log).toEqual(['it is 1', 'a starts', 'a ends', 'b starts', 'b ends', 'it is 2', 'c starts', 'c ends']);
  });

  it('lets the clock run ahead of a slow step by its slack and no further', async () => {
    const steps = [step('slow', 0, 50), step('quick', 5), step('last', 6)];
    await runTimeline(steps, { atOnce: 10, slackSeconds: 300 }, moveClock);
    expect(log.indexOf('it is 5')).toBeLessThan(log.indexOf('slow ends'));
    expect(log.indexOf('slow ends')).toBeLessThan(log.indexOf('it is 6'));
  });

  it('keeps as many steps under way as it may', async () => {
    let underWay = 0;
    let most = 0;
    const busy: Step = {
      at: minute(0),
      run: async () => {
        most = Math.max(most, (underWay += 1));
        await sleep(2);
        underWay -= 1;
      },
    };
    await runTimeline(Array<Step>(20).fill(busy), { atOnce: 4, slackSeconds: 300 }, moveClock);
    expect([most, underWay]).toEqual([4, 0]);
  });

  it('stops at a step that fails', async () => {
    const broken: Step = { at: minute(0), run: () => Promise.reject(new Error('broken')) };
    const later = step('later', 60);
    await expect(runTimeline([broken, later], { atOnce: 1, slackSeconds: 0 }, moveClock)).rejects.toThrow('broken');
    expect(log).not.toContain('later starts');
  });
});
