import { KINDS, MessageKind } from '#notifications';
import { type Invariant, PATIENCE_SECONDS } from './invariant.js';

/** How long after it was written a message of each kind may still be sent. */
const STALE_HOURS = Object.values(MessageKind)
  .map((kind) => `WHEN '${kind}' THEN ${KINDS[kind].staleHours}`)
  .join(' ');

const SENT = "('SENDING', 'SENT', 'UNKNOWN')";

export const NOTIFICATIONS: readonly Invariant[] = [
  {
    number: 'INV-113',
    name: 'messages-are-sent-by-grants',
    holds: {
      zh: '发出或可能发出的每条服务通知都占用一次授权，授权次数不为负。',
      en: 'Every message that was sent, or may have been, has taken a grant, and nobody has fewer than none left.',
    },
    sql: `SELECT HEX(user_id) AS user, template_id AS template, reported, pushed, taken, voided FROM message_grant
          WHERE taken < 0 OR voided < 0 OR taken + voided > GREATEST(reported, pushed)
          UNION ALL SELECT HEX(sent.user_id), sent.template_id, messages, 0, COALESCE(taken, 0), 0 FROM (
            SELECT user_id, template_id, COUNT(*) AS messages FROM message_delivery WHERE status IN ${SENT} GROUP BY user_id, template_id
          ) AS sent LEFT JOIN message_grant ON message_grant.user_id = sent.user_id AND message_grant.template_id = sent.template_id
          WHERE messages > COALESCE(taken, 0)`,
  },
  {
    number: 'INV-114',
    name: 'deliveries-are-of-their-messages',
    holds: {
      zh: '每条发送记录都属于同一个人的同一条消息，同一件事只告知一次。',
      en: 'A delivery is of a message of the same person and kind, and nobody is told of anything twice.',
    },
    sql: `SELECT HEX(message_delivery.id) AS message, message_delivery.kind, 1 AS told FROM message_delivery LEFT JOIN message USING (id)
          WHERE message.id IS NULL OR message.user_id <> message_delivery.user_id OR message.kind <> message_delivery.kind
          UNION ALL SELECT HEX(MAX(id)), kind, COUNT(*) FROM message GROUP BY user_id, kind, occasion_id HAVING COUNT(*) > 1`,
  },
  {
    number: 'INV-115',
    name: 'messages-are-sent-in-time',
    holds: {
      zh: '过期的消息不再发送。',
      en: 'Nothing is sent that it is pointless to send.',
    },
    sql: `SELECT HEX(message.id) AS message, message.kind, stale_at, intended_at FROM message_delivery JOIN message USING (id)
          WHERE intended_at > stale_at OR intended_at < message.created_at
            OR stale_at <> message.created_at + INTERVAL CASE message.kind ${STALE_HOURS} END HOUR`,
  },
  {
    number: 'INV-116',
    name: 'nothing-is-sent-that-was-switched-off',
    holds: {
      zh: '已关闭的消息类型不会发送。',
      en: 'No message of a kind is sent to whoever has switched it off.',
    },
    sql: `SELECT HEX(message_delivery.id) AS message, kind, off_since, intended_at FROM message_setting
          JOIN message_delivery USING (user_id, kind) WHERE status IN ${SENT} AND intended_at > off_since`,
  },
  {
    number: 'INV-117',
    name: 'sending-comes-to-an-end',
    holds: {
      zh: '发送中的消息很快有结果；未发送的都有原因。',
      en: 'What is being sent is soon sent, refused or given up; and whatever was not sent says why.',
    },
    sql: `SELECT HEX(id) AS message, status, code, started_at FROM message_delivery
          WHERE (status = 'SENDING' AND started_at < NOW(3) - INTERVAL ${PATIENCE_SECONDS} SECOND)
            OR (status IN ('REFUSED', 'DROPPED', 'UNKNOWN') AND code IS NULL)
            OR (status IN ${SENT} AND (intended_at IS NULL OR started_at IS NULL OR template_id IS NULL))
            OR (status IN ('WAITING', 'DROPPED') AND (intended_at IS NOT NULL OR template_id IS NOT NULL))`,
  },
  {
    number: 'INV-118',
    name: 'the-erased-are-told-nothing',
    holds: {
      zh: '已注销的人没有消息、授权和设置，也没有指向其本人的推送。',
      en: 'Nobody who was erased has messages, grants or settings, and no push leads to anybody once it is worked off.',
    },
    sql: `SELECT 'message' AS held, HEX(message.id) AS id FROM user JOIN message ON message.user_id = user.id WHERE user.status = 'ERASED'
          UNION ALL SELECT 'grant', HEX(user.id) FROM user JOIN message_grant ON message_grant.user_id = user.id WHERE user.status = 'ERASED'
          UNION ALL SELECT 'setting', HEX(user.id) FROM user JOIN message_setting ON message_setting.user_id = user.id WHERE user.status = 'ERASED'
          UNION ALL SELECT 'push', HEX(wechat_push.id) FROM wechat_push
          WHERE openid_index IS NOT NULL AND received_at < NOW(3) - INTERVAL ${PATIENCE_SECONDS} SECOND`,
  },
];
