import type { SeededBug } from '../bug.js';

const RULES = 'src/teams/team.rules.ts';
const RULES_TEST = 'test/teams/team.rules.test.ts';
const SEATING = 'src/teams/seating.service.ts';
const FORMING = 'src/teams/forming.service.ts';
const LEAVING_TEST = 'test/teams/leaving.test.ts';

const JOIN_LOCKS = `const team = await db.findOneOrFail(Team, { where: { id: input.teamId }, lock: { mode: 'pessimistic_write' } });`;

export const TEAMS: readonly SeededBug[] = [
  {
    name: 'whoever joins does not wait for the team',
    file: SEATING,
    search: JOIN_LOCKS,
    replace: 'const team = await db.findOneOrFail(Team, { where: { id: input.teamId } });',
    caughtBy: { file: 'test/teams/races.test.ts', test: 'gives the last seat to exactly one of a hundred buyers' },
  },
  {
    name: 'whoever waits for a team is judged by the time before the wait',
    file: SEATING,
    search: `${JOIN_LOCKS}
      const own = await liveSeats(db, team.id, [buyerId]);
      const heldAt = await this.businessTime.read(db);`,
    replace: `const heldAt = await this.businessTime.read(db);
      ${JOIN_LOCKS}
      const own = await liveSeats(db, team.id, [buyerId]);`,
    caughtBy: { file: 'test/teams/joining-in-time.test.ts', test: 'is judged by the time at which it gets the team' },
  },
  {
    name: 'a claim for a seat is judged by the clock of the machine',
    file: SEATING,
    search: 'const heldAt = await this.businessTime.read(db);',
    replace: 'const heldAt = new Date();',
    caughtBy: { file: 'test/teams/joining-in-time.test.ts', test: 'is judged by the time at which it gets the team' },
  },
  {
    name: 'the seats that are taken are counted from rows, those that were given up included',
    file: SEATING,
    search: '{ seatsLive: team.seatsLive + 1 }',
    replace: '{ seatsLive: (await db.countBy(Seat, { teamId: team.id })) + 1 }',
    caughtBy: { file: LEAVING_TEST, test: 'gets all the money back, and the seat is free for somebody else' },
  },
  {
    name: 'a buyer has more units than the offer allows',
    file: 'src/teams/buyer-limit.ts',
    search: 'AND buyer_id = ? AND units + ? <= ?',
    replace: 'AND buyer_id = ? AND (units + ? <= ? OR TRUE)',
    caughtBy: { file: 'test/teams/races.test.ts', test: 'never lets a buyer have more than the limit' },
  },
  {
    name: 'expired wins over filled',
    file: RULES,
    search: "if (kind.isFormed(team)) return 'FORMED';",
    replace: "if (kind.isFormed(team) && !(expiresAt !== null && now >= expiresAt)) return 'FORMED';",
    caughtBy: { file: RULES_TEST, test: 'teamStatusAt a team' },
  },
  {
    name: 'a team fails while somebody is still paying for a seat',
    file: RULES,
    search: 'now >= expiresAt && seatsLive === seatsPaid;',
    replace: 'now >= expiresAt;',
    caughtBy: { file: RULES_TEST, test: 'teamStatusAt a team' },
  },
  {
    name: 'a team that is over comes to a second end',
    file: RULES,
    search: "if (status !== 'FORMING') return status;",
    replace: '',
    caughtBy: { file: RULES_TEST, test: 'teamStatusAt a team' },
  },
  {
    name: 'a team forms a second time whenever it is looked at',
    file: FORMING,
    search: `if (next !== team.status) {
      const expiresAt`,
    replace: `if (next !== team.status || next === 'FORMED') {
      const expiresAt`,
    caughtBy: { file: 'test/teams/formed-once.test.ts', test: 'a team that a sweep finds formed' },
  },
  {
    name: 'a seat is given in a full team',
    file: RULES,
    search: 'if (seatsLive >= team.size) return new TeamFull(team.size);',
    replace: '',
    caughtBy: { file: RULES_TEST, test: 'decideClaims' },
  },
  {
    name: 'a team of a frozen offer can be joined',
    file: RULES,
    search: 'if (offer.frozenAt) return new OfferFrozen();',
    replace: '',
    caughtBy: { file: RULES_TEST, test: 'lets nobody in while the offer is frozen' },
  },
  {
    name: 'a late payment is always refused',
    file: RULES,
    search: "return answer instanceof Refusal ? 'REFUND' : 'SEAT_AGAIN';",
    replace: "return answer === undefined ? 'SEAT_AGAIN' : 'REFUND';",
    caughtBy: { file: RULES_TEST, test: 'lateVerdict a late payment' },
  },
  {
    name: 'a late payment is always seated',
    file: RULES,
    search: "return answer instanceof Refusal ? 'REFUND' : 'SEAT_AGAIN';",
    replace: "return answer === undefined ? 'REFUND' : 'SEAT_AGAIN';",
    caughtBy: { file: RULES_TEST, test: 'lateVerdict a late payment' },
  },
  {
    name: 'the heir of a team is who paid last',
    file: RULES,
    search: 'paid.sort((a, b) => paidBefore(a, b))',
    replace: 'paid.sort((a, b) => paidBefore(b, a))',
    caughtBy: { file: RULES_TEST, test: 'heirOf' },
  },
  {
    name: 'an opener who has left keeps the team',
    file: 'src/teams/leaving.service.ts',
    search: 'return heirOf(paid, leaver.buyerId) ?? team.openedById;',
    replace: 'return paid.length < 0 ? leaver.buyerId : team.openedById;',
    caughtBy: { file: LEAVING_TEST, test: 'when the opener leaves the earliest paid of the others takes over' },
  },
  {
    name: 'leaving does not give the units back',
    file: 'src/teams/leaving.service.ts',
    search: 'await giveUnitsBack(db, seat);',
    replace: '',
    caughtBy: { file: LEAVING_TEST, test: 'may come back, with the units that leaving gave back' },
  },
  {
    name: 'a member of a formed team can leave it',
    file: RULES,
    search: "if (seat.status === 'CONFIRMED') return new TeamAlreadyFormed();",
    replace: "if (seat.status === 'CONFIRMED') return null;",
    caughtBy: { file: RULES_TEST, test: 'mayLeave' },
  },
  {
    name: 'a seat stays held when its payment is closed',
    file: 'src/teams/teams.service.ts',
    search: "if (seat.status !== 'HELD' || !(await this.orders.cancelForTeam(db, seat.orderId))) return;",
    replace: "if (seat.status === 'HELD' || !(await this.orders.cancelForTeam(db, seat.orderId))) return;",
    caughtBy: { file: 'test/payments/payments.test.ts', test: 'a buyer who gives up frees the seat for somebody else' },
  },
  {
    name: 'a failed team has one job for the money of all its members',
    file: FORMING,
    search: 'seats.map(({ id }) => ({ seatId: id })),',
    replace: 'seats.slice(0, 1).map(({ id }) => ({ seatId: id })),',
    caughtBy: {
      file: 'test/teams/expiry.races.test.ts',
      test: 'fail every team once and refund each of its members once',
    },
  },
  {
    name: 'teams expire by the clock of the machine',
    file: FORMING,
    search: 'const now = await this.businessTime.read(this.source.manager);',
    replace: 'const now = new Date();',
    caughtBy: {
      file: 'test/teams/expiry.races.test.ts',
      test: 'fail every team once and refund each of its members once',
    },
  },
];
