import type { Kind, Run } from '../command.js';
import { cancel } from '../promises/channel.js';
import type { Model } from '../promises/model.js';
import type { Purchase } from '../promises/records.js';
import { leavePaid, whyNotLeave } from '../promises/teams.js';
import { ask, newKey, promisedTo } from './asking.js';

/** Somebody gives up a seat. */
export const teamLeave: Kind<Purchase> = {
  name: 'teamLeave',
  mutations: ['teamLeave'],
  weight: 5,
  choose: ({ purchases }, dice) => {
    const seated = purchases.filter(({ seatId }) => seatId !== null);
    const inTeam = seated.filter((purchase) => whyNotLeave(purchase) === null);
    return dice.happens(30) ? dice.oneOf(seated) : dice.oneOf(inTeam);
  },
  tell: ({ buyer, team, name }) => `${buyer.name} leaves ${team!.name} (${name})`,
  act: async (purchase, model, run) => {
    const input = { seatId: purchase.seatId, idempotencyKey: newKey() };
    const answer = await leave(purchase, model, run, input, () => whyNotLeave(purchase));
    if (answer === 'Seat') rememberLeaving(purchase, model, run, input);
    return answer;
  },
};

/** Leaving under a key that was used before does what is still to do, and nothing twice. */
function rememberLeaving(purchase: Purchase, model: Model, run: Run, input: object): void {
  const phone = run.world.phoneOf(purchase.buyer);
  const other = model.purchases.find(
    ({ seatId, buyer }) => seatId !== null && seatId !== purchase.seatId && buyer === purchase.buyer,
  );
  model.accepted.push({
    what: 'teamLeave',
    repeat: () => leave(purchase, model, run, input, () => (isLive(purchase) ? whyNotLeave(purchase) : 'Seat')),
    abuse: async () => {
      if (!other) return 'nothing';
      const promised = promisedTo(purchase.buyer, () => 'CONFLICT');
      return (await ask(run, phone, 'teamLeave', promised, { ...input, seatId: other.seatId })).type;
    },
  });
}

async function leave(
  purchase: Purchase,
  model: Model,
  run: Run,
  input: object,
  whyNot: () => string | null,
): Promise<string> {
  const promised = promisedTo(purchase.buyer, () => whyNot() ?? give(model, purchase));
  return (await ask(run, run.world.phoneOf(purchase.buyer), 'teamLeave', promised, input)).type;
}

/** What comes of giving up a seat that can be given up. */
function give(model: Model, purchase: Purchase): string {
  if (purchase.seat === 'HELD') {
    const answer = cancel(model, purchase);
    return answer === 'Checkout' ? 'Seat' : answer;
  }
  leavePaid(model, purchase);
  return 'Seat';
}

function isLive({ seat }: Purchase): boolean {
  return seat === 'HELD' || seat === 'PAID' || seat === 'CONFIRMED';
}
