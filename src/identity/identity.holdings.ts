import type { Holding } from '#common';

/** What identity holds of people. Its retention is in `src/retention.ts`. */
export const IDENTITY_HOLDINGS: readonly Holding[] = [
  {
    category: 'ACCOUNT',
    what: {
      zh: '微信给您的标识、登录密钥、您填写的昵称和账号状态。',
      en: 'WeChat’s names for you and its key of your login, the nickname that you gave, and how your account stands.',
    },
    columns: [
      ...(['user.id', 'user.openid', 'user.openid_index', 'user.unionid', 'user.unionid_index'] as const),
      ...(['user.session_key', 'user.nickname', 'user.status', 'user.created_at', 'user.erased_at'] as const),
    ],
    purpose: 'ACCOUNT',
    basis: 'CONTRACT',
    kept: { zh: '保存至您注销账号。', en: 'Until you erase your account.' },
    correctedBy: 'profileUpdate',
    countSql: 'SELECT COUNT(*) FROM user WHERE id = ?',
  },
  {
    category: 'SESSIONS',
    what: { zh: '您在哪些手机上登录、何时登录。', en: 'On which phones you are logged in, and since when.' },
    columns: [
      ...(['session.id', 'session.user_id', 'session.login_code_hash', 'session.refresh_hash'] as const),
      ...(['session.previous_hash', 'session.started_at', 'session.rotated_at', 'session.expires_at'] as const),
      'session.revoked_at',
    ],
    purpose: 'ACCOUNT',
    basis: 'CONTRACT',
    kept: { zh: '登录结束后保存三十天。', en: 'For thirty days after the login has ended.' },
    correctedBy: null,
    countSql: 'SELECT COUNT(*) FROM session WHERE user_id = ?',
  },
  {
    category: 'BLOCKS',
    what: { zh: '您屏蔽了谁、何时屏蔽。', en: 'Whom you have blocked, and when.' },
    columns: ['user_block.user_id', 'user_block.blocked_id', 'lifted_block.user_id'],
    purpose: 'ACCOUNT',
    basis: 'CONTRACT',
    kept: {
      zh: '保存至您取消屏蔽之后七天。',
      en: 'Until seven days after you have taken a block back.',
    },
    correctedBy: 'personUnblock',
    countSql: 'SELECT COUNT(*) FROM user_block WHERE user_id = ?',
  },
];
