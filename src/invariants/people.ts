import type { Invariant } from './invariant.js';

/** The last change of each person's status. */
const LATEST = `
  SELECT user_id, kind FROM (
    SELECT subject_id AS user_id, kind, ROW_NUMBER() OVER (PARTITION BY subject_id ORDER BY id DESC) AS nth FROM audit_entry
    WHERE kind IN ('identity.userDisabled', 'identity.userEnabled')
  ) AS changes WHERE nth = 1`;

export const PEOPLE: readonly Invariant[] = [
  {
    number: 'INV-36',
    name: 'login-codes-are-used-once',
    holds: {
      zh: '每个登录凭证最多开启一个会话。',
      en: 'A login code opens one session at most.',
    },
    sql: 'SELECT HEX(MIN(id)) AS session, COUNT(*) AS times FROM session GROUP BY login_code_hash HAVING times > 1',
  },
  {
    number: 'INV-36',
    name: 'disabled-people-have-no-session',
    holds: {
      zh: '被停用的用户没有可用的会话。',
      en: 'A disabled person has no session that could still be used.',
    },
    // Sessions end in machine time, which is the server's own.
    sql: `SELECT HEX(session.id) AS session FROM session JOIN user ON user.id = session.user_id
          WHERE user.status = 'DISABLED' AND revoked_at IS NULL AND expires_at > NOW(3)`,
  },
  {
    number: 'INV-36',
    name: 'people-stand-as-recorded',
    holds: {
      zh: '用户的停用状态与最近一次变更记录一致。',
      en: 'A person is disabled or not, as the last recorded change says.',
    },
    sql: `SELECT HEX(user.id) AS user, status AS stands_at, kind AS last_change FROM user
          LEFT JOIN (${LATEST}) AS latest ON latest.user_id = user.id
          WHERE (status = 'DISABLED') <> (COALESCE(kind, '') = 'identity.userDisabled')`,
  },
];
