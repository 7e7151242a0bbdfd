import type { Invariant } from './invariant.js';

/** Counts and calls are kept longer than this, so that none is missing because it was too old. All times of it are machine time. */
const RECENT = 'NOW(3) - INTERVAL 2 DAY';
/** Whose count it is that is not a person's. */
const SHOP = "X'00000000000000000000000000000000'";

export const SHARING: readonly Invariant[] = [
  {
    number: 'INV-119',
    name: 'a-scene-has-one-target',
    holds: {
      zh: '每个分享场景对应一个存在的商品或拼团，其代码由十位字母和数字组成。',
      en: 'A scene stands for one product or team that there is, and its code is 10 letters and digits.',
    },
    sql: `SELECT HEX(id) AS scene, target_type, HEX(target_id) AS target FROM share_scene
          WHERE CASE target_type
            WHEN 'PRODUCT' THEN NOT EXISTS (SELECT 1 FROM product WHERE product.id = target_id)
            WHEN 'TEAM' THEN NOT EXISTS (SELECT 1 FROM team WHERE team.id = target_id)
            ELSE TRUE END OR code NOT REGEXP '^[0-9A-Za-z]{10}$'`,
  },
  {
    number: 'INV-120',
    name: 'quotas-equal-calls',
    holds: {
      zh: '每个时段用掉的微信接口次数等于记录的调用次数。',
      en: 'What is used up of a quota of WeChat is as many calls as were made in its window.',
    },
    sql: `SELECT share_quota.kind, share_quota.starts_at, used, COUNT(share_call.id) AS calls FROM share_quota
          LEFT JOIN share_call ON share_call.kind = share_quota.kind AND share_call.starts_at = share_quota.starts_at
          WHERE holder_id = ${SHOP} AND share_quota.starts_at > ${RECENT}
          GROUP BY share_quota.id, share_quota.kind, share_quota.starts_at, used HAVING used <> calls
          UNION ALL SELECT kind, starts_at, 0, COUNT(*) FROM share_call WHERE starts_at > ${RECENT} AND NOT EXISTS (
            SELECT 1 FROM share_quota
            WHERE share_quota.kind = share_call.kind AND share_quota.starts_at = share_call.starts_at AND holder_id = ${SHOP})
          GROUP BY kind, starts_at`,
  },
  {
    number: 'INV-120',
    name: 'nobody-has-more-made-than-counted',
    holds: {
      zh: '每人每天生成分享码和链接的计数等于为其发起的调用次数。',
      en: 'A person’s count of a day is as many calls as were made for what the person shares.',
    },
    sql: `SELECT HEX(holder_id) AS person, share_quota.starts_at, used, COUNT(share_call.id) AS calls FROM share_quota
          LEFT JOIN share_scene ON maker_id = holder_id
          LEFT JOIN share_artifact ON scene_id = share_scene.id
          LEFT JOIN share_call ON artifact_id = share_artifact.id
            AND called_at >= share_quota.starts_at AND called_at < share_quota.starts_at + INTERVAL 1 DAY
          WHERE share_quota.kind = 'PERSON' AND share_quota.starts_at > ${RECENT}
          GROUP BY share_quota.id, holder_id, share_quota.starts_at, used HAVING used <> calls`,
  },
  {
    number: 'INV-121',
    name: 'what-was-made-is-whole',
    holds: {
      zh: '已生成的分享码都有图片文件且不会过期，已生成的链接都有不超过三十天的有效期。',
      en: 'A code that was made has its file and no end; a link has an end, at most 30 days after it was made.',
    },
    sql: `SELECT HEX(id) AS artifact, kind, size_bytes, made_at, expires_at FROM share_artifact
          WHERE made_at IS NOT NULL AND (attempt = 0 OR IF(kind = 'CODE',
            NOT (size_bytes > 0 AND expires_at IS NULL AND width > 0 AND address LIKE 'images/codes/%') OR size_bytes IS NULL,
            size_bytes IS NOT NULL OR width <> 0 OR expires_at IS NULL OR expires_at > made_at + INTERVAL 30 DAY))`,
  },
];
