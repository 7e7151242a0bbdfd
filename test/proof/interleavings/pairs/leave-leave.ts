import { randomUUID } from 'node:crypto';
import { goodsOf } from '../ground.js';
import type { LegalEnd, Pair } from '../pair.js';

const ROWS = [
  'seat of member REFUNDING 1',
  'refund of member LEFT CREATED 8000',
  'team of opener FORMING revision 1 live 1 paid 1',
];

function leaveLeave(name: string, hasOneKey: boolean, answers: readonly LegalEnd['answers'][]): Pair {
  return {
    name,
    prepare: async (ground) => {
      const [opener, member] = await ground.buyers(2);
      const onSale = await ground.offer({ size: 3 });
      const opened = await ground.openPaid(opener!, onSale);
      const seat = await ground.joinPaid(member!, opened);
      const first = randomUUID();
      const second = hasOneKey ? first : randomUUID();
      return {
        people: { opener: opener!.id, member: member!.id },
        goods: goodsOf(onSale),
        works: [() => member!.leave(seat.id, first), () => member!.leave(seat.id, second)],
      };
    },
    ends: answers.map((both) => ({ answers: both, rows: ROWS })),
  };
}

export const leaveTwice = leaveLeave('one who leaves twice, under two keys', false, [
  ['Seat', 'NotInTeam'],
  ['NotInTeam', 'Seat'],
]);
export const leaveRepeated = leaveLeave('one whose leaving is sent twice under one key', true, [['Seat', 'Seat']]);
