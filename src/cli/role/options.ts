import { parseArgs } from 'node:util';
import { isId } from '#common';
import { GRANTED_ROLES, type GrantedRole, type UserId } from '#identity';

export type RoleOptions =
  | { readonly action: 'list' }
  | {
      readonly action: 'grant' | 'revoke';
      readonly userId: UserId;
      readonly role: GrantedRole;
      readonly reason: string;
    };

export const USAGE = `npm run role -- grant|revoke USER_ID ${GRANTED_ROLES.join('|')} --reason "..."
npm run role -- list`;

/** The command was called in a way that it cannot follow; the message names the argument and says what it takes. */
export class BadOption extends Error {}

/** @throws BadOption for the first argument that is missing, unknown or has a value it cannot take */
export function readOptions(args: readonly string[]): RoleOptions {
  const { values, positionals } = parse(args);
  const [action, userId, role, ...others] = positionals;
  if (action === 'list' && positionals.length === 1) return { action };
  if (action !== 'grant' && action !== 'revoke') throw new BadOption('the first word is grant, revoke or list alone');
  if (!isId('user', userId)) throw new BadOption(`USER_ID is an id like user_…, not ${JSON.stringify(userId ?? '')}`);
  const known = GRANTED_ROLES.find((each) => each === role);
  if (!known) throw new BadOption(`the role is ${GRANTED_ROLES.join(' or ')}, not ${JSON.stringify(role ?? '')}`);
  if (others.length > 0) throw new BadOption(`nothing follows the role, not ${others.join(' ')}`);
  const reason = values.reason?.trim() ?? '';
  if (reason === '' || reason.length > 255) throw new BadOption('--reason says why, in at most 255 characters');
  return { action, userId, role: known, reason };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { reason: { type: 'string' } } });
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}
