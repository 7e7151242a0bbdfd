import { oweOrder } from './refunds.js';
import type { Model } from './model.js';
import type { Person } from './people.js';
import type { Offer, Purchase, Team } from './records.js';
import { giveBack, isThere, take, whyNotTake } from './stock.js';

/** Those whose seats nobody else can have. Money that goes back later leaves a formed team as it is. */
export function livingIn({ members }: Team): Purchase[] {
  return members.filter(
    ({ seat }) => seat === 'HELD' || seat === 'PAID' || seat === 'CONFIRMED' || seat === 'REFUNDED_AFTER',
  );
}

export function paidIn(team: Team): Purchase[] {
  return livingIn(team).filter(({ seat }) => seat !== 'HELD');
}

/** Who is shown as one of it. */
export function membersOf({ members }: Team): Purchase[] {
  return members.filter(({ seat }) => seat === 'HELD' || seat === 'PAID' || seat === 'CONFIRMED');
}

export function seatOf(team: Team, person: Person): Purchase | undefined {
  return membersOf(team).find(({ buyer }) => buyer === person);
}

/** What opening a team is answered with. */
export function openingBy(model: Model, offer: Offer, person: Person, quantity: number): string {
  const { startsAt, endsAt, unitsPerOrder } = offer.terms;
  if (model.now < startsAt || model.now >= endsAt) return 'OfferNotOpen';
  if (offer.isFrozen) return 'OfferFrozen';
  if (quantity > unitsPerOrder) return 'OrderLimitExceeded';
  if (isBeyondLimit(offer, person, quantity, offer.terms.unitsPerBuyer)) return 'BuyerLimitReached';
  return whyNotTake(model, offer, quantity) ?? 'Seat';
}

/** What joining a team is answered with. */
export function joiningBy(model: Model, team: Team, person: Person, quantity: number): string {
  return whyNoSeat(model, team, person, quantity) ?? whyNotTake(model, team.offer, quantity) ?? 'Seat';
}

function whyNoSeat(model: Model, team: Team, person: Person, quantity: number): string | null {
  const no = claimBy(model, team, person, quantity);
  if (no) return no;
  return isBeyondLimit(team.offer, person, quantity, team.terms.unitsPerBuyer) ? 'BuyerLimitReached' : null;
}

/** Whether what was paid late gets a seat. It was on sale when it was ordered, which is enough. */
function isSeatedLate(model: Model, { team, buyer, quantity }: Purchase): boolean {
  return whyNoSeat(model, team!, buyer, quantity) === null && isThere(model, team!.offer, quantity);
}

/** What leaving is answered with; null if it is given up or goes back. */
export function whyNotLeave({ seat, team }: Purchase): string | null {
  if (seat === 'CONFIRMED') return 'TeamAlreadyFormed';
  const isIn = (seat === 'HELD' || seat === 'PAID') && (team?.status === 'FORMING' || team?.status === 'PENDING');
  return isIn ? null : 'NotInTeam';
}

/** Counts a seat as paid. */
export function count(model: Model, purchase: Purchase): void {
  const team = purchase.team!;
  if (team.status === 'FORMING' && paidIn(team).length === 0) team.opener = purchase.buyer;
  purchase.seat = 'PAID';
  purchase.paidAt = model.now;
  stand(model, team);
}

/** Leaves with a paid seat. */
export function leavePaid(model: Model, purchase: Purchase): void {
  const team = purchase.team!;
  purchase.seat = 'REFUNDING';
  if (team.opener === purchase.buyer) team.opener = heirIn(team) ?? team.opener;
  stand(model, team);
  giveSeatBack(model, purchase);
}

/** Decides about an order that was paid when its time was over. Whoever has left gets the money back. */
export function decideLate(model: Model, purchase: Purchase): void {
  const { buyer } = purchase;
  if (purchase.seat === 'HELD') purchase.order = 'AWAITING_TEAM';
  else if (!buyer.hasLeft && isSeatedLate(model, purchase)) {
    purchase.order = 'AWAITING_TEAM';
    take(model, purchase);
  } else {
    purchase.seat = 'REFUNDING';
    oweOrder(model, purchase);
    return;
  }
  count(model, purchase);
}

/** Where a team stands now; filled wins over expired, and whoever holds a seat may still pay. */
export function stand(model: Model, team: Team): void {
  const [live, paid] = [livingIn(team).length, paidIn(team).length];
  if (team.status === 'PENDING' && live === 0) team.status = 'ABORTED';
  else if (team.status === 'PENDING' && paid > 0) {
    team.status = 'FORMING';
    team.expiresAt = model.now + team.terms.ttlSeconds;
  } else if (team.status === 'FORMING' && paid === team.terms.size) form(team);
  else if (team.status === 'FORMING' && (live === 0 || (isExpired(model, team) && live === paid))) fail(model, team);
}

export function isExpired({ now }: Model, { expiresAt }: Team): boolean {
  return expiresAt !== null && now >= expiresAt;
}

/** The money of a seat is back. */
export function noteSeatRefunded(purchase: Purchase): void {
  purchase.seat = purchase.seat === 'CONFIRMED' ? 'REFUNDED_AFTER' : 'REFUNDED';
  closeIfOver(purchase.team!);
}

/** A formed team is closed when nothing more can come of any of its orders. */
export function closeIfOver(team: Team): void {
  const isOver = team.members.every(
    ({ order }) => order === 'REFUNDED' || order === 'CANCELLED' || order === 'COMPLETED',
  );
  if (team.status === 'FORMED' && isOver) team.status = 'CLOSED';
}

function claimBy(model: Model, team: Team, person: Person, quantity: number): string | null {
  if (seatOf(team, person)) return 'SeatAlreadyHeld';
  if (team.status !== 'FORMING' || isExpired(model, team)) return 'TeamClosed';
  if (team.offer.isFrozen) return 'OfferFrozen';
  if (livingIn(team).length >= team.terms.size) return 'TeamFull';
  return quantity > team.terms.unitsPerOrder ? 'OrderLimitExceeded' : null;
}

function isBeyondLimit({ unitsOf }: Offer, person: Person, quantity: number, unitsPerBuyer: number): boolean {
  return (unitsOf.get(person) ?? 0) + quantity > unitsPerBuyer;
}

function heirIn(team: Team): Person | undefined {
  const paid = team.members.filter(({ seat }) => seat === 'PAID');
  return paid.toSorted((a, b) => a.paidAt - b.paidAt)[0]?.buyer;
}

function form(team: Team): void {
  team.status = 'FORMED';
  for (const member of paidIn(team)) Object.assign(member, { seat: 'CONFIRMED', order: 'TO_FULFIL' });
}

function fail(model: Model, team: Team): void {
  team.status = 'FAILED';
  for (const member of paidIn(team))
    model.later(member, () => {
      refundSeat(model, member);
    });
}

function refundSeat(model: Model, purchase: Purchase): void {
  if (purchase.seat !== 'PAID') return;
  purchase.seat = 'REFUNDING';
  giveSeatBack(model, purchase);
}

function giveSeatBack(model: Model, purchase: Purchase): void {
  oweOrder(model, purchase);
  giveBack(model, purchase);
}
