import type { SeededBug } from '../bug.js';

const PUSHES = 'test/wechat/push.test.ts';
const SENDING = 'test/notifications/sending.test.ts';
const GRANTS = 'test/notifications/grants.test.ts';

export const NOTIFICATIONS: readonly SeededBug[] = [
  {
    name: 'a push is believed whoever has signed it',
    file: 'src/wechat/push/push.reader.ts',
    search: "if (!isSameText(expected, textOf(query, name))) throw new PushRejected('BAD_SIGNATURE');",
    replace: '',
    caughtBy: { file: PUSHES, test: 'a push signed with another token is refused' },
  },
  {
    name: 'a push is heard again hours later',
    file: 'src/wechat/push/push.reader.ts',
    search: 'Math.abs(ageSeconds) > SKEW_SECONDS_MAX',
    replace: 'Math.abs(ageSeconds) > 12 * SKEW_SECONDS_MAX',
    caughtBy: { file: PUSHES, test: 'a push of ten minutes ago is refused' },
  },
  {
    name: 'a push for another mini-program is heard',
    file: 'src/wechat/push/push.crypto.ts',
    search:
      "if (!isSameText(plain.subarray(end).toString(), appId)) throw new PushUnreadable('for another mini-program');",
    replace: '',
    caughtBy: { file: PUSHES, test: 'refuses what is of another mini-program' },
  },
  {
    name: 'half of all pushes do not decrypt',
    file: 'src/wechat/push/push.crypto.ts',
    search: 'const PADDING_BYTES_MAX = 32;',
    replace: 'const PADDING_BYTES_MAX = 16;',
    caughtBy: { file: PUSHES, test: 'takes every length' },
  },
  {
    name: 'a message that may have been sent is sent again',
    file: 'src/notifications/sending/delivery.rules.ts',
    search: "if (result.kind !== 'NOT_SENT') return { status: result.kind, grant: 'USED', retrySeconds };",
    replace:
      "if (result.kind === 'SENT') return { status: 'SENT', grant: 'USED', retrySeconds };\n  if (result.kind === 'UNKNOWN') return { status: 'WAITING', grant: 'RETURNED', retrySeconds };",
    caughtBy: { file: SENDING, test: 'by timeout_after leaves the message alone for good' },
  },
  {
    name: 'a yes counts twice if both the phone and WeChat tell of it',
    file: 'src/notifications/grants/settings.service.ts',
    search: 'Math.max(grant.reported, grant.pushed)',
    replace: '(grant.reported + grant.pushed)',
    caughtBy: { file: GRANTS, test: 'counts once, whether the phone tells of it' },
  },
  {
    name: 'a message is sent that was switched off',
    file: 'src/notifications/sending/delivery.intents.ts',
    search: 'const isOn = template !== null && !(await db.existsBy(MessageSetting, { userId, kind }));',
    replace: 'const isOn = template !== null;',
    caughtBy: { file: GRANTS, test: 'is everything until it is switched off' },
  },
  {
    name: 'a grant is lost though WeChat did not send',
    file: 'src/notifications/sending/delivery.driver.ts',
    search: "if (grant === 'RETURNED') await this.grants.giveBack(db, userId, templateId);",
    replace: '',
    caughtBy: { file: SENDING, test: 'because it was too much for now is asked again later' },
  },
  {
    name: 'somebody is told of the same thing twice',
    file: 'migrations/1795449000000-notifications.ts',
    search: 'UNIQUE INDEX message_once (user_id, kind, occasion_id),',
    replace: 'INDEX message_once (user_id, kind, occasion_id),',
    caughtBy: { file: 'test/notifications/messages.test.ts', test: 'hears of nothing twice' },
  },
  {
    name: 'a title is cut in the middle of a sign',
    file: 'src/common/shortened.rules.ts',
    search: 'const characters = Array.from(text);',
    replace: "const characters = text.split('');",
    caughtBy: { file: 'test/notifications/field.rules.test.ts', test: 'what stands in a field thing "🍎' },
  },
];
