import { ASKED } from '#privacy';
import type { Invariant } from './invariant.js';

const LEFT = "user.status IN ('ERASING', 'ERASED')";
const ASKED_NAMES = Object.keys(ASKED)
  .map((purpose) => `'${purpose}'`)
  .join(', ');

/** What must be gone with a person, by the column that leads to them. */
const OWN_ROWS = [
  'session.user_id',
  'user_block.user_id',
  'user_block.blocked_id',
  'lifted_block.user_id',
  'address.user_id',
  'avatar.user_id',
  'idempotency.actor_id',
];

function ownRows(): string {
  return OWN_ROWS.map((column) => {
    const [table = ''] = column.split('.');
    return `SELECT '${column}' AS held, HEX(user.id) AS user FROM user JOIN ${table} ON ${column} = user.id WHERE user.status = 'ERASED'`;
  }).join(' UNION ALL ');
}

export const PRIVACY: readonly Invariant[] = [
  {
    number: 'INV-60',
    name: 'nothing-is-left-of-the-erased',
    holds: {
      zh: '已注销的人除法律要求的记录外没有留下任何信息，且记录不含姓名。',
      en: 'Nothing is held of a person who was erased but what the law wants, and that without a name.',
    },
    sql: `${ownRows()}
          UNION ALL SELECT 'a name', HEX(id) FROM user
          WHERE ${LEFT} AND COALESCE(openid, openid_index, unionid, unionid_index, session_key, nickname, phone, phone_index, phone_code_hash) IS NOT NULL
          UNION ALL SELECT 'a delivery that was never paid', HEX(user.id) FROM user JOIN orders ON orders.buyer_id = user.id
          WHERE user.status = 'ERASED' AND orders.status = 'CANCELLED' AND orders.delivery IS NOT NULL
          UNION ALL SELECT 'an image', HEX(user.id) FROM user JOIN image ON owner_id = user.id
          WHERE user.status = 'ERASED' AND image.status IN ('PENDING', 'PROCESSING', 'READY') AND NOT image.is_kept`,
  },
  {
    number: 'INV-60',
    name: 'the-erased-are-logged-in-nowhere',
    holds: {
      zh: '已注销的人没有有效的登录。',
      en: 'Whoever has left is logged in nowhere.',
    },
    sql: `SELECT HEX(session.id) AS session FROM user JOIN session ON session.user_id = user.id WHERE ${LEFT} AND revoked_at IS NULL`,
  },
  {
    number: 'INV-61',
    name: 'the-erased-have-nothing-open',
    holds: {
      zh: '已注销的人没有未完结的事项，且注销已完成。',
      en: 'Whoever has left has nothing open, and is erased to the end.',
    },
    whenQuiet: true, // Money that comes too late is on its way back until then.
    sql: `SELECT 'order' AS what, HEX(orders.id) AS id, orders.status FROM user JOIN orders ON orders.buyer_id = user.id
          WHERE ${LEFT} AND orders.status NOT IN ('COMPLETED', 'REFUNDED', 'CANCELLED')
          UNION ALL SELECT 'checkout', HEX(checkout.id), checkout.status FROM user JOIN checkout ON checkout.buyer_id = user.id
          WHERE ${LEFT} AND checkout.status = 'HELD'
          UNION ALL SELECT 'user', HEX(id), status FROM user WHERE status = 'ERASING'`,
  },
  {
    number: 'INV-62',
    name: 'consents-follow-each-other',
    holds: {
      zh: '同意只针对需要询问的目的，不会重复给出，且只在给出之后才能撤回。',
      en: 'A consent is to something that is asked, is not given twice over, and is taken back only after it was given.',
    },
    sql: `SELECT HEX(user_id) AS user, purpose, version, kind, kind_before, version_before FROM (
            SELECT user_id, purpose, version, kind,
              LAG(kind) OVER (PARTITION BY user_id, purpose ORDER BY id) AS kind_before,
              LAG(version) OVER (PARTITION BY user_id, purpose ORDER BY id) AS version_before
            FROM consent
          ) AS acts JOIN user ON user.id = user_id AND user.status <> 'ERASED' -- theirs go by and by
          WHERE purpose NOT IN (${ASKED_NAMES})
            OR (kind = 'GIVEN' AND kind_before = 'GIVEN' AND version = version_before)
            OR (kind = 'WITHDRAWN' AND (COALESCE(kind_before, '') <> 'GIVEN' OR version <> version_before))`,
  },
];
