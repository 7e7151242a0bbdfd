import { expect } from '@jest/globals';
import { runInvariants } from '#invariants';
import type { Kind } from '../command.js';
import { ask } from './asking.js';

const PAUSE_SECONDS = 60;

/**
 * An operator wants to know whether everything holds, and a worker looks at once. What it finds is judged at the end of a run only:
 * days may pass here in which nobody works, and some invariants say that somebody has.
 */
export const invariantsCheck: Kind<true> = {
  name: 'invariantsCheck',
  mutations: ['invariantsCheck'],
  weight: 2,
  choose: () => true,
  tell: () => 'an operator has everything looked at',
  act: async (_target, model, run) => {
    const operator = await run.world.operator();
    const promised = model.now < model.lookedAt + PAUSE_SECONDS ? 'TooManyAttempts' : 'InvariantReport';
    const { type } = await ask(run, operator, 'invariantsCheck', promised);
    if (type !== 'InvariantReport') return type;
    await run.world.work([runInvariants.name], { withClock: false });
    model.lookedAt = model.now;
    const { lastRun } = await operator.ask<{ readonly lastRun: { readonly unfinished: number } | null }>(
      '{ invariants { lastRun { unfinished } } }',
    );
    expect(lastRun).toEqual({ unfinished: 0 });
    return type;
  },
};
