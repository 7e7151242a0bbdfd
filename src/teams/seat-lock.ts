import type { EntityManager } from 'typeorm';
import { idBytes } from '#common';
import type { OrderId } from '#orders';
import { lockUnits } from './buyer-limit.js';
import { Seat } from './seat.entity.js';
import { Team } from './team.entity.js';

export interface LockedSeat {
  readonly team: Team;
  readonly seat: Seat;
}

/** The team of an order's seat, then the seat: in this order everywhere. */
export async function lockSeat(db: EntityManager, orderId: OrderId): Promise<LockedSeat> {
  const team = await db
    .createQueryBuilder(Team, 'team')
    .where('team.id = (SELECT team_id FROM seat WHERE order_id = :orderId)', { orderId: idBytes(orderId) })
    .setLock('pessimistic_write')
    .getOneOrFail();
  const seat = await db.findOneOrFail(Seat, { where: { orderId }, lock: { mode: 'pessimistic_write' } });
  return { team, seat };
}

/** As `lockSeat`, with the buyer's limit row before both, for what may give units back or take them again. */
export async function lockSeatAndUnits(db: EntityManager, seat: Seat): Promise<LockedSeat> {
  await lockUnits(db, seat);
  return lockSeat(db, seat.orderId);
}
