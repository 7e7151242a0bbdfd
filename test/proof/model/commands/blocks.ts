import { expect } from '@jest/globals';
import type { Kind } from '../command.js';
import type { Person } from '../promises/people.js';
import type { Team } from '../promises/records.js';
import { ask, promisedTo } from './asking.js';

/** Somebody does not want to meet whoever a team belongs to. */
export const teamOpenerBlock: Kind<{ readonly person: Person; readonly team: Team }> = {
  name: 'teamOpenerBlock',
  mutations: ['teamOpenerBlock'],
  weight: 4,
  choose: ({ people, teams }, dice) => {
    const [person, team] = [dice.oneOf(people), dice.oneOf(teams)];
    return person && team && { person, team };
  },
  tell: ({ person, team }) => `${person.name} blocks the opener of ${team.name}`,
  act: async ({ person, team }, _model, run) => {
    const { id: teamId, opener } = team;
    const promised = promisedTo(person, () => blockingBy(person, team));
    const { type, value } = await ask(run, run.world.phoneOf(person), 'teamOpenerBlock', promised, { teamId });
    if (type !== 'UserBlock') return type;
    const known = person.blocks.get(opener);
    if (known !== undefined) expect(value['id']).toBe(known);
    person.blocks.set(opener, String(value['id']));
    return type;
  },
};

/** Somebody takes a block back: one's own, one that was taken back, or another one's. */
export const personUnblock: Kind<{ readonly person: Person; readonly owner: Person; readonly blockId: string }> = {
  name: 'personUnblock',
  mutations: ['personUnblock'],
  weight: 6,
  choose: ({ people }, dice) => {
    const standing = people.flatMap((owner) => [...owner.blocks.values()].map((blockId) => ({ owner, blockId })));
    const lifted = people.flatMap((owner) => owner.lifted.map((blockId) => ({ owner, blockId })));
    const block = dice.oneOf(dice.happens(50) && lifted.length > 0 ? lifted : [...standing, ...lifted]);
    if (!block) return null;
    return { ...block, person: dice.happens(20) ? dice.pick(block.owner, ...people) : block.owner };
  },
  tell: ({ person, owner }) => `${person.name} takes back a block of ${owner.name}`,
  act: async ({ person, owner, blockId }, _model, run) => {
    const stands = [...person.blocks].find(([, id]) => id === blockId);
    const known = person === owner ? String(stands !== undefined) : 'NOT_FOUND';
    const promised = promisedTo(person, () => known);
    const { type } = await ask(run, run.world.phoneOf(person), 'personUnblock', promised, { blockId });
    if (type === 'true' && stands) {
      person.blocks.delete(stands[0]);
      person.lifted.push(blockId);
    }
    return type;
  },
};

/** A team that nobody has paid for is nobody else's business, and whoever has left is nobody. */
function blockingBy(person: Person, { opener, status }: Team): string {
  if (opener === person) return 'CannotBlockOneself';
  return opener.hasLeft || status === 'PENDING' || status === 'ABORTED' ? 'NOT_FOUND' : 'UserBlock';
}
