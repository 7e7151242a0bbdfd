import { type Invariant, NOW, PATIENCE_SECONDS } from './invariant.js';

/** Pay window, sweep interval and some patience. */
const EXPIRY_GRACE_SECONDS = 1_800;

export const TEAMS: readonly Invariant[] = [
  {
    number: 'INV-6',
    name: 'formed-teams-are-full',
    holds: {
      zh: '已成团的团，已付款名额恰为成团人数，且买家各不相同。',
      en: 'A formed team has exactly as many paid seats as its size, of distinct buyers.',
    },
    sql: `SELECT HEX(team.id) AS team, size, COUNT(seat.id) AS seats, COUNT(DISTINCT seat.buyer_id) AS buyers FROM team
          LEFT JOIN seat ON seat.team_id = team.id AND seat.status IN ('CONFIRMED', 'REFUNDED_AFTER')
          WHERE team.status IN ('FORMED', 'CLOSED')
          GROUP BY team.id, size HAVING seats <> size OR buyers <> size`,
  },
  {
    number: 'INV-7',
    name: 'teams-count-their-seats',
    holds: {
      zh: '团的已付款名额不超过成团人数，计数与名额一致。',
      en: 'A team never has more paid seats than its size, and its counts equal its seats.',
    },
    sql: `SELECT HEX(team.id) AS team, team.status, size, seats_live, seats_paid,
            COALESCE(SUM(seat.status IN ('HELD', 'PAID', 'CONFIRMED', 'REFUNDED_AFTER')), 0) AS live,
            COALESCE(SUM(seat.status IN ('PAID', 'CONFIRMED', 'REFUNDED_AFTER')), 0) AS paid
          FROM team LEFT JOIN seat ON seat.team_id = team.id
          WHERE team.status IN ('PENDING', 'FORMING', 'FORMED', 'CLOSED')
          GROUP BY team.id, team.status, size, seats_live, seats_paid
          HAVING seats_paid > size OR live <> seats_live OR paid <> seats_paid`,
  },
  {
    number: 'INV-8',
    name: 'teams-end-once',
    holds: {
      zh: '团只结束一次。',
      en: 'A team ends once.',
    },
    sql: `SELECT HEX(subject_id) AS team, COUNT(*) AS ends FROM status_move
          WHERE subject = 'team' AND to_status IN ('FORMED', 'FAILED', 'ABORTED', 'MERGED')
          GROUP BY subject_id HAVING ends > 1`,
  },
  {
    number: 'INV-8',
    name: 'expired-teams-have-ended',
    holds: {
      zh: '过期已久的团不再处于拼团中。',
      en: 'No team is forming long after it expired.',
    },
    whenQuiet: true,
    sql: `SELECT HEX(id) AS team, expires_at FROM team
          WHERE status = 'FORMING' AND expires_at < ${NOW} - INTERVAL ${EXPIRY_GRACE_SECONDS} SECOND`,
  },
  {
    number: 'INV-8',
    name: 'expired-teams-end-when-nothing-is-held',
    holds: {
      zh: '过期已久且没有待付款名额的团不再处于拼团中。',
      en: 'No team is forming long after it expired and while nobody in it can still pay.',
    },
    // A held seat may wait for a channel that is down, and gives it up when that is back. Under a simulated clock hours pass in a
    // moment, and patience means nothing.
    sql: `SELECT HEX(id) AS team, expires_at FROM team
          WHERE status = 'FORMING' AND expires_at < NOW(3) - INTERVAL ${EXPIRY_GRACE_SECONDS} SECOND
            AND NOT EXISTS (
              SELECT 1 FROM seat LEFT JOIN status_move ON subject_id = seat.id AND moved_at >= NOW(3) - INTERVAL ${PATIENCE_SECONDS} SECOND
              WHERE team_id = team.id AND (seat.status = 'HELD' OR status_move.id IS NOT NULL))
            AND NOT EXISTS (SELECT 1 FROM simulated_clock)`,
  },
  {
    number: 'INV-9',
    name: 'failed-teams-are-refunded',
    holds: {
      zh: '失败团的每个已付款订单恰有一笔全额退款：已成功，或待运营处理。',
      en: 'Each paid order of a failed team has exactly one refund, of all that was paid: succeeded, or waiting for an operator.',
    },
    whenQuiet: true,
    sql: `SELECT HEX(orders.id) AS order_id, orders.status, payable_minor, refunded_minor, COUNT(refund.id) AS refunds,
            COALESCE(SUM(refund.status = 'SUCCEEDED'), 0) AS succeeded
          FROM team
          JOIN seat ON seat.team_id = team.id
          JOIN orders ON orders.id = seat.order_id AND orders.status <> 'CANCELLED'
          LEFT JOIN refund ON refund.order_id = orders.id AND refund.status IN ('SUCCEEDED', 'ABNORMAL', 'MANUAL')
            AND refund.amount_minor = payable_minor
          WHERE team.status IN ('FAILED', 'ABORTED')
          GROUP BY orders.id, orders.status, payable_minor, refunded_minor
          HAVING refunds <> (payable_minor > 0) OR refunded_minor <> payable_minor * succeeded
            OR (orders.status = 'REFUNDED') <> (succeeded = refunds)`,
  },
  {
    number: 'INV-9',
    name: 'failed-teams-ask-for-their-refunds',
    holds: {
      zh: '团失败后不久，每个已付款订单都已全额申请退款。',
      en: 'Soon after a team has failed, all the money of each paid order has been asked back.',
    },
    // Money may come in long after the team has failed, so it is the order's own last move that must lie behind.
    sql: `SELECT HEX(orders.id) AS order_id, orders.status, payable_minor, refunding_minor FROM team
          JOIN seat ON seat.team_id = team.id
          JOIN orders ON orders.id = seat.order_id AND orders.status NOT IN ('UNPAID', 'CANCELLED')
          WHERE team.status IN ('FAILED', 'ABORTED') AND refunding_minor < payable_minor
            AND NOT EXISTS (
              SELECT 1 FROM status_move WHERE subject_id IN (team.id, orders.id)
                AND moved_at >= NOW(3) - INTERVAL ${PATIENCE_SECONDS} SECOND)`,
  },
  {
    number: 'INV-27',
    name: 'buyers-stay-within-limits',
    holds: {
      zh: '买家在活动中的数量不超过其所在团的最高限额，且计数与名额一致。',
      en: 'No buyer has more units by an offer than the most generous of their teams allows, and the count equals the seats.',
    },
    sql: `SELECT HEX(offer_buyer.offer_id) AS offer, HEX(offer_buyer.buyer_id) AS buyer, units,
            MAX(team.units_per_buyer) AS units_per_buyer, COALESCE(SUM(seat.quantity), 0) AS seated
          FROM offer_buyer
          LEFT JOIN seat ON seat.offer_id = offer_buyer.offer_id AND seat.buyer_id = offer_buyer.buyer_id
            AND seat.status IN ('HELD', 'PAID', 'CONFIRMED', 'REFUNDED_AFTER')
          LEFT JOIN team ON team.id = seat.team_id
          GROUP BY offer_buyer.offer_id, offer_buyer.buyer_id, units
          HAVING units > COALESCE(MAX(team.units_per_buyer), 0) OR units <> seated`,
  },
  {
    number: 'INV-27',
    name: 'seats-stay-within-limits',
    holds: {
      zh: '名额的数量不超过该团每单限额。',
      en: 'No seat has more units than an order of its team may have.',
    },
    sql: `SELECT HEX(seat.id) AS seat, quantity, units_per_order FROM seat JOIN team ON team.id = seat.team_id
          WHERE quantity > units_per_order`,
  },
  {
    number: 'INV-19',
    name: 'members-pay-the-team-price',
    holds: {
      zh: '普通团成员按活动条款的规格价格付款。',
      en: 'A member of a plain team pays what its terms say for the SKU.',
    },
    sql: `SELECT HEX(seat.id) AS seat, unit_price_minor, price.price_minor FROM seat
          JOIN team ON team.id = seat.team_id AND team.kind = 'PLAIN'
          JOIN order_line ON order_line.order_id = seat.order_id
          LEFT JOIN offer_price AS price ON price.offer_id = team.offer_id AND price.revision = team.revision
            AND price.sku_id = order_line.sku_id
          WHERE price.price_minor IS NULL OR unit_price_minor <> price.price_minor OR order_line.quantity <> seat.quantity`,
  },
  {
    number: 'INV-6',
    name: 'fulfilment-waits-for-the-team',
    holds: {
      zh: '成团之前不会转履约。',
      en: 'Nothing is handed to fulfilment before its team has formed.',
    },
    sql: `SELECT HEX(orders.id) AS order_id, orders.status, team.status AS team_status FROM orders
          JOIN seat ON seat.order_id = orders.id JOIN team ON team.id = seat.team_id
          WHERE orders.status NOT IN ('UNPAID', 'AWAITING_TEAM', 'PAID_LATE', 'CANCELLED', 'REFUNDED')
            AND team.status NOT IN ('FORMED', 'CLOSED')`,
  },
  {
    number: 'INV-6',
    name: 'openers-have-paid',
    holds: {
      zh: '拼团中或已成团的团，归已付款的成员所有，除非无人付款。',
      en: 'A team that forms or has formed belongs to one of its members who has paid, unless nobody has.',
    },
    sql: `SELECT HEX(team.id) AS team, team.status, HEX(opened_by_id) AS opener FROM team
          LEFT JOIN seat ON seat.team_id = team.id AND seat.buyer_id = opened_by_id
            AND seat.status IN ('PAID', 'CONFIRMED', 'REFUNDED_AFTER')
          WHERE team.status IN ('FORMING', 'FORMED', 'CLOSED') AND seats_paid > 0 AND seat.id IS NULL`,
  },
];
