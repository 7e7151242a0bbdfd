import type { SeededBug } from '../bug.js';

const CODES = 'test/sharing/codes.test.ts';
const SCENES = 'test/sharing/scenes.test.ts';

export const SHARING: readonly SeededBug[] = [
  {
    name: 'whoever asks for a code asks WeChat, whether or not another request is asking',
    file: 'src/sharing/making.service.ts',
    search: 'leaseUntil: secondsAfter(now, LEASE_SECONDS), problem: null',
    replace: 'leaseUntil: null, problem: null',
    caughtBy: { file: CODES, test: 'is made once for fifty who ask at once' },
  },
  {
    name: 'WeChat is asked again by each of those who wait when it has said no',
    file: 'src/sharing/making.service.ts',
    search: 'leaseUntil: secondsAfter(this.machine.now(), REST_SECONDS)',
    replace: 'leaseUntil: null',
    caughtBy: { file: CODES, test: 'to all fifty who ask at once, it was asked once' },
  },
  {
    name: 'a quota is looked at and not guarded',
    file: 'src/sharing/quotas.ts',
    search: 'AND starts_at = ? AND used < ?',
    replace: 'AND starts_at = ? AND ? > 0',
    caughtBy: { file: CODES, test: 'is not passed by ten who ask at once for the last two' },
  },
  {
    name: 'a link is given out to its last minute',
    file: 'src/sharing/artifact.rules.ts',
    search: "if (livesAt(secondsAfter(now, RENEW_BEFORE_SECONDS))) return 'USE';",
    replace: "if (livesAt(now)) return 'USE';",
    caughtBy: { file: CODES, test: 'is the same until it is about to end' },
  },
  {
    name: 'a team that strangers do not see is shared',
    file: 'src/teams/pages/team.share-target.ts',
    search: "row && isVisibleTo({ status: row.status, openedById: idFromBytes('user', row.opened_by_id) }, null)",
    replace: 'row',
    caughtBy: { file: SCENES, test: 'is none of a team whose opener has not paid' },
  },
  {
    name: 'whoever has left is still known to have shared',
    file: 'src/sharing/sharing.personal-data.ts',
    search: '    await db.update(ShareScene, { id: In(scenes.map(({ id }) => id)) }, { makerId: null });\n',
    replace: '',
    caughtBy: { file: SCENES, test: 'after the account is erased it still opens and names nobody' },
  },
];
