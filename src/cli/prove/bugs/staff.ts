import type { SeededBug } from '../bug.js';

const LOGIN_TEST = 'test/identity/staff/login.test.ts';
const PAIRS_TEST = 'test/proof/interleavings/interleavings.test.ts';

export const STAFF: readonly SeededBug[] = [
  {
    name: 'whoever has any role may do what needs another',
    file: 'src/identity/viewer.ts',
    search: "return allowed === 'STAFF' || caller.roles.some((role) => role === allowed);",
    replace: "return allowed === 'STAFF' || caller.roles.length > 0;",
    caughtBy: { file: LOGIN_TEST, test: 'a role counts from the next request on' },
  },
  {
    name: 'a role that was taken away stays until the session ends',
    file: 'src/identity/viewers.ts',
    search: '(SELECT GROUP_CONCAT(role) FROM staff_role WHERE staff_id = staff.id) AS roles',
    replace: `(SELECT REGEXP_REPLACE(JSON_EXTRACT(facts_after, '$.roles'), '[^A-Z,]', '') FROM audit_entry WHERE subject_id = staff.id ORDER BY id LIMIT 1) AS roles`,
    caughtBy: { file: LOGIN_TEST, test: 'a role counts from the next request on' },
  },
  {
    name: 'the step of a code is not remembered',
    file: 'src/identity/staff/second-factor.ts',
    search: '.set({ totpStep: step })',
    replace: ".set({ totpStep: () => 'COALESCE(totp_step, 1000)' })",
    caughtBy: { file: PAIRS_TEST, test: 'one code of an authenticator, used by two logins' },
  },
  {
    name: 'a code is accepted again after a later one',
    file: 'src/identity/staff/totp.rules.ts',
    search: 'step > (lastStep ?? -1)',
    replace: 'step !== lastStep',
    caughtBy: { file: 'test/identity/staff/totp.rules.test.ts', test: 'the code of an authenticator' },
  },
  {
    name: 'a recovery code is good for ever',
    file: 'src/identity/staff/second-factor.ts',
    search: '{ usedAt: this.machine.now() }',
    replace: '{ usedAt: null }',
    caughtBy: { file: PAIRS_TEST, test: 'one recovery code, used by two logins' },
  },
  {
    name: 'the code alone lets somebody in',
    file: 'src/identity/staff/staff-login.service.ts',
    search: '!proof || !isRight ||',
    replace: '!proof ||',
    caughtBy: { file: LOGIN_TEST, test: 'answers the same whatever is wrong' },
  },
  {
    name: 'a name that nobody has is answered without hashing',
    file: 'src/identity/staff/passwords.ts',
    search: '(await verify(hashed ?? NOBODYS, normalPassword(password))) && hashed !== null',
    replace: 'hashed !== null && (await verify(hashed, normalPassword(password)))',
    caughtBy: { file: 'test/identity/staff/same-work.test.ts', test: 'checks a hash' },
  },
  {
    name: 'a password that was changed while somebody logged in with it opens a session',
    file: 'src/identity/staff/staff-login.service.ts',
    search: 'staff.passwordHash?.bytes.equals(then.bytes)',
    replace: 'staff.passwordHash?.bytes.equals(staff.passwordHash.bytes)',
    caughtBy: {
      file: PAIRS_TEST,
      test: 'a login with a password that is being changed',
    },
  },
  {
    name: 'one of the staff who is disabled may refresh',
    file: 'src/identity/session-renewal.service.ts',
    search: "if (holder.status === 'DISABLED' && isOwn) return new UserDisabled();",
    replace: '',
    caughtBy: { file: LOGIN_TEST, test: 'one of the staff who is disabled is out by the word of the database alone' },
  },
  {
    name: 'a reset leaves the sessions as they are',
    file: 'src/identity/staff/staff-accounts.service.ts',
    search: `      await this.sessions.endAll(db, { staffId: id });
      const [wasEnrolled, whose]`,
    replace: `      const [wasEnrolled, whose]`,
    caughtBy: { file: 'test/identity/staff/enrolment.test.ts', test: 'a reset ends everything' },
  },
  {
    name: 'a session of the staff lasts as long as it is used',
    file: 'src/identity/sessions.service.ts',
    search: 'return secondsAfter(startedAt, STAFF_SESSION_SECONDS);',
    replace: 'return secondsAfter(now, STAFF_SESSION_SECONDS + 1);',
    caughtBy: { file: LOGIN_TEST, test: 'lasts twelve hours from the login' },
  },
];
