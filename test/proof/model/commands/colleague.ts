import type { Kind, Run } from '../command.js';
import type { Dice } from '../dice.js';
import type { Model } from '../promises/model.js';
import type { Colleague } from '../promises/people.js';
import { keep } from './identity.js';

export type How =
  | 'as it should be'
  | 'with a wrong code'
  | 'with wrong codes, again and again'
  | 'with a used code'
  | 'with the login name for a password';

export const kindOf = (name: string, weight: number, hows: (dice: Dice) => How, act: Act): Kind<How> => ({
  ...{ name, mutations: [name], weight },
  choose: (_model, dice) => hows(dice),
  tell: (how) => `a colleague sends ${name} ${how}`,
  act: async (how, model, run) => `${await act(how, await colleagueIn(model, run), run)} ${how}`,
});

type Act = (how: How, colleague: Colleague, run: Run) => Promise<string>;

export const obviously: How = 'with the login name for a password';

export function obvious(loginName: string): string {
  return loginName.repeat(3);
}

export async function colleagueIn(model: Model, { world }: Run): Promise<Colleague> {
  model.colleague ??= {
    ...(await world.newColleague()),
    ...{ hasSecret: false, isEnrolled: false, password: 'none yet', hasNextCode: false },
    ...{ usedCodes: [], failures: 0, session: null },
  };
  return model.colleague;
}

/** What the browser shows from now on. */
export function show({ desk, session }: Colleague): void {
  if (session) keep(desk, session);
}
