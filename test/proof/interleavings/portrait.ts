import { type AllotmentId, type SkuId } from '#catalog';
import { idBytes } from '#common';
import type { StaffId, UserId } from '#identity';
import type { OfferId } from '#teams';
import type { Shop } from '../../support/shop.js';

/** Whose rows are looked at, by the part that somebody plays. */
export type People = Readonly<Record<string, UserId | StaffId>>;

export interface Goods {
  readonly offerId: OfferId;
  readonly skuId: SkuId;
  readonly allotmentId: AllotmentId;
}

/** What the database says about some people and goods, without ids and times: two ends that look the same are the same end. */
export type Portrait = readonly string[];

/** The newest rows of the tables that only grow; what is younger was written since. */
export interface Since {
  readonly job: string;
  readonly transfer: string;
  readonly stock_move: string;
  readonly status_move: string;
  readonly audit_entry: string;
}

const OF_PEOPLE = [
  "SELECT CONCAT_WS(' ', 'bulk act of', HEX(proposed_by_id), status, items_tried) AS fact FROM bulk_act WHERE proposed_by_id IN (:people)",
  "SELECT CONCAT_WS(' ', 'seat of', HEX(buyer_id), status, quantity) AS fact FROM seat WHERE buyer_id IN (:people)",
  "SELECT CONCAT_WS(' ', 'order of', HEX(buyer_id), status, 'hold', hold, 'pays', payable_minor, 'refunding', refunding_minor, 'refunded', refunded_minor) FROM orders WHERE buyer_id IN (:people)",
  "SELECT CONCAT_WS(' ', 'checkout of', HEX(buyer_id), status, payable_minor) FROM checkout WHERE buyer_id IN (:people)",
  `SELECT CONCAT_WS(' ', 'payment of', HEX(buyer_id), payment.status, 'attempt', attempt) FROM checkout
   JOIN payment ON payment.checkout_id = checkout.id WHERE buyer_id IN (:people)`,
  `SELECT CONCAT_WS(' ', 'capture of', HEX(buyer_id), purpose, amount_minor, 'refunding', refunding_minor, 'refunded', refunded_minor, 'times', refunds)
   FROM checkout JOIN capture ON capture.checkout_id = checkout.id WHERE buyer_id IN (:people)`,
  `SELECT CONCAT_WS(' ', 'refund of', HEX(buyer_id), reason, refund.status, amount_minor) FROM orders
   JOIN refund ON refund.order_id = orders.id WHERE buyer_id IN (:people)`,
  `SELECT CONCAT_WS(' ', 'line of', HEX(buyer_id), quantity, 'shipped', shipped_quantity, 'cancelled', cancelled_quantity, 'claimed', claimed_quantity,
     'withheld', withheld_quantity, 'refunding', refunding_quantity, order_line.refunding_minor)
   FROM orders JOIN order_line ON order_line.order_id = orders.id WHERE buyer_id IN (:people)`,
  `SELECT CONCAT_WS(' ', 'parcel of', HEX(buyer_id), SUM(parcel_line.quantity)) FROM orders JOIN parcel ON parcel.order_id = orders.id
   JOIN parcel_line ON parcel_line.parcel_id = parcel.id WHERE buyer_id IN (:people) GROUP BY parcel.id`,
  "SELECT CONCAT_WS(' ', 'case of', HEX(buyer_id), kind, status, amount_minor) FROM after_sale WHERE buyer_id IN (:people)",
  "SELECT CONCAT_WS(' ', 'session of', HEX(user_id), IF(revoked_at IS NULL, 'stands', 'ended'), IF(previous_hash IS NULL, 'new', 'rotated')) FROM session WHERE user_id IN (:people)",
  "SELECT CONCAT_WS(' ', 'address of', HEX(user_id), IF(removed_at IS NULL, 'stands', 'removed'), IF(is_default, 'default', 'other')) FROM address WHERE user_id IN (:people)",
  "SELECT CONCAT_WS(' ', 'session of', HEX(staff_id), IF(revoked_at IS NULL, 'stands', 'ended'), IF(previous_hash IS NULL, 'new', 'rotated')) FROM session WHERE staff_id IN (:people)",
  // A login was always enrolled a hundred steps ago; which of the steps near the present its code is of depends on the hour.
  `SELECT CONCAT('second factor of ', HEX(id), ' used ', IF(totp_step < UNIX_TIMESTAMP(SYSDATE()) / 30 - 50, 'as before', '100 steps later'), ', ',
     (SELECT COUNT(*) FROM staff_recovery_code WHERE staff_id = staff.id AND used_at IS NULL), ' codes left') FROM staff WHERE id IN (:people)`,
  "SELECT CONCAT_WS(' ', 'consent of', HEX(user_id), purpose, kind) FROM consent WHERE user_id IN (:people)",
  "SELECT CONCAT_WS(' ', 'account of', HEX(id), status) FROM user WHERE id IN (:people)",
  "SELECT CONCAT_WS(' ', 'request of', HEX(actor_id)) FROM idempotency WHERE actor_id IN (:people)",
];

const OF_GOODS = [
  "SELECT CONCAT_WS(' ', 'team of', HEX(opened_by_id), status, 'revision', revision, 'live', seats_live, 'paid', seats_paid) FROM team WHERE offer_id = :offer",
  "SELECT CONCAT_WS(' ', 'offer', 'revision', revision, IF(frozen_at IS NULL, 'on', 'frozen')) FROM offer WHERE id = :offer",
  "SELECT CONCAT_WS(' ', 'units of', HEX(buyer_id), units) FROM offer_buyer WHERE offer_id = :offer",
  "SELECT CONCAT_WS(' ', 'units alone of', HEX(buyer_id), units) FROM sku_buyer WHERE sku_id = :sku",
  "SELECT CONCAT_WS(' ', 'share', units_taken, 'of', units_max) FROM allotment WHERE id = :allotment",
  "SELECT CONCAT_WS(' ', 'stock', on_hand, 'reserved', reserved, 'sold', sold) FROM stock WHERE sku_id = :sku",
];

const SINCE = [
  "SELECT CONCAT_WS(' ', 'job', name, status) FROM job WHERE id > :job",
  "SELECT CONCAT_WS(' ', 'transfer', kind, code, amount_minor) FROM transfer WHERE id > :transfer",
  "SELECT CONCAT_WS(' ', 'stock move', kind, 'hold', hold, quantity) FROM stock_move WHERE id > :stock_move",
  "SELECT CONCAT_WS(' ', 'move', subject, from_status, to_status) FROM status_move WHERE id > :status_move",
  "SELECT CONCAT_WS(' ', 'act', kind) FROM audit_entry WHERE id > :audit_entry",
];

/** From here on. */
export async function sinceNow(shop: Shop): Promise<Since> {
  const [since] = await shop.rows<Since>(
    `SELECT ${['job', 'transfer', 'stock_move', 'status_move', 'audit_entry'].map((table) => `(SELECT COALESCE(MAX(id), 0) FROM ${table}) AS ${table}`).join(', ')}`,
  );
  return since!;
}

/** How things stand, and what was written since. */
export async function portray(shop: Shop, people: People, goods: Goods | null, since: Since): Promise<Portrait> {
  const values: Record<string, unknown> = {
    ...since,
    people: Object.values(people).map((id) => idBytes(id)),
    ...(goods && { offer: idBytes(goods.offerId), allotment: idBytes(goods.allotmentId), sku: idBytes(goods.skuId) }),
  };
  const parameters: unknown[] = [];
  const sql = [...OF_PEOPLE, ...(goods ? OF_GOODS : []), ...SINCE]
    .join(' UNION ALL ')
    .replace(/:(\w+)/g, (_, name: string) => {
      parameters.push(values[name]);
      return '?';
    });
  const rows = await shop.rows<{ fact: string }>(sql, parameters);
  const roles = Object.entries(people).map(([role, id]) => [idBytes(id).toString('hex').toUpperCase(), role] as const);
  return rows
    .map(({ fact }) => roles.reduce((text, [hex, role]) => text.replace(hex, role), fact))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

/** What one portrait has more than another. */
export function unlike(portrait: Portrait, other: Portrait): string[] {
  const left = [...other];
  return portrait
    .filter((fact) => {
      const at = left.indexOf(fact);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    })
    .map((fact) => `    ${fact}`);
}
