import type { SeededBug } from '../bug.js';

export const IDENTITY: readonly SeededBug[] = [
  {
    name: 'a name that strangers may only guess at is shown whole',
    file: 'src/identity/name.rules.ts',
    search: 'return characters.length === 2 ? `${first}*` : `${first}**${last}`;',
    replace: 'return name;',
    caughtBy: { file: 'test/identity/name.rules.test.ts', test: 'a name that is shown to strangers' },
  },
  {
    name: 'a session of a disabled person lives on',
    file: 'src/identity/viewers.ts',
    search: " AND user.status = 'ACTIVE'",
    replace: '',
    caughtBy: {
      file: 'test/identity/sessions.test.ts',
      test: 'a disabled person is shut out by the word of the database alone',
    },
  },
  {
    name: 'disabling somebody leaves their sessions as they are',
    file: 'src/identity/people.service.ts',
    search: "if (status === 'DISABLED') await this.sessions.endAll(db, { userId });",
    replace: '',
    caughtBy: { file: 'test/identity/people.test.ts', test: 'who disables somebody shuts them out at once' },
  },
  {
    name: 'an access token is good after its session has ended',
    file: 'src/identity/viewers.ts',
    search: 'user.id = ? AND revoked_at IS NULL',
    replace: 'user.id = ?',
    caughtBy: { file: 'test/identity/sessions.test.ts', test: 'ends with its session: by logging out' },
  },
  {
    name: 'a refresh token that was rotated away is taken as if it had just been',
    file: 'src/identity/session.rules.ts',
    search: 'return isInGrace && session.previousHash?.equals(tokenHash)',
    replace: 'return session.previousHash?.equals(tokenHash)',
    caughtBy: { file: 'test/identity/session.rules.test.ts', test: 'a refresh token' },
  },
  {
    name: 'whoever is logged in may do what only the staff may',
    file: 'src/identity/viewer.ts',
    search: "if (!isStaff(caller)) return allowed === 'BUYER';",
    replace: 'if (!isStaff(caller)) return true;',
    caughtBy: { file: 'test/identity/people.test.ts', test: 'a buyer, and one of the staff without the role' },
  },
];
