import { parseArgs } from 'node:util';
import type { SupplierId } from '#catalog';
import { isId } from '#common';
import { isLoginName, isStaffRole, plainLoginName, STAFF_ROLES, type StaffRole } from '#identity';

interface About {
  readonly loginName: string;
  readonly reason: string;
}

interface NewAccount {
  readonly displayName: string;
  readonly roles: readonly StaffRole[];
  readonly supplierId: SupplierId | null;
}

export type StaffOptions =
  | { readonly action: 'list' }
  | ({ readonly action: 'add' } & NewAccount & About)
  | ({ readonly action: 'role'; readonly roles: readonly StaffRole[] } & About)
  | ({ readonly action: 'disable' | 'enable' | 'reset' } & About);

export const USAGE = `npm run staff -- add LOGIN_NAME DISPLAY_NAME --roles ROLE,... --reason "..."
npm run staff -- add LOGIN_NAME DISPLAY_NAME --supplier SUPPLIER_ID --reason "..."
npm run staff -- role LOGIN_NAME --roles ROLE,... --reason "..."
npm run staff -- disable|enable|reset LOGIN_NAME --reason "..."
npm run staff -- list
ROLE is ${STAFF_ROLES.join(' or ')}; SUPPLIER is what an account with a supplier has, and nobody else`;

const DISPLAY_NAME_CHARACTERS_MAX = 64;
const REASON_CHARACTERS_MAX = 255;
const ACTIONS = ['list', 'add', 'role', 'disable', 'enable', 'reset'] as const;

/** The command was called in a way that it cannot follow; the message names the argument and says what it takes. */
export class BadOption extends Error {}

/** @throws BadOption for the first argument that is missing, unknown or has a value it cannot take */
export function readOptions(args: readonly string[]): StaffOptions {
  const { values, positionals } = parse(args);
  const [word, ...rest] = positionals;
  const action = ACTIONS.find((each) => each === word);
  if (!action) throw new BadOption(`the first word is ${ACTIONS.join(', ')}`);
  if (action === 'list') return nothingAfter(rest, { action });

  const [typedName = '', displayName = '', ...others] =
    action === 'add' ? rest : [...rest.slice(0, 1), '', ...rest.slice(1)];
  const loginName = plainLoginName(typedName);
  if (!isLoginName(loginName))
    throw new BadOption('LOGIN_NAME has 2 to 32 letters, digits, dots, hyphens or underscores, a letter first');
  const about = { loginName, reason: textOf('--reason', values.reason, REASON_CHARACTERS_MAX) };
  if (action === 'add') return nothingAfter(others, { action, ...about, ...newAccountOf(displayName, values) });
  if (values.supplier !== undefined) throw new BadOption('--supplier is for add: it is never changed');
  if (action === 'role') return nothingAfter(others, { action, ...about, roles: rolesOf(values.roles) });
  return nothingAfter(others, { action, ...about });
}

/** Whoever works for a supplier has one role only, so it needs no naming. */
function newAccountOf(name: string, { roles, supplier }: { roles?: string; supplier?: string }): NewAccount {
  const displayName = textOf('DISPLAY_NAME', name, DISPLAY_NAME_CHARACTERS_MAX);
  if (supplier === undefined) return { displayName, roles: rolesOf(roles), supplierId: null };
  if (!isId('supplier', supplier)) throw new BadOption('--supplier takes an id that begins with supplier_');
  return { displayName, roles: rolesOf(roles ?? 'SUPPLIER'), supplierId: supplier };
}

function rolesOf(text = ''): StaffRole[] {
  const roles = text.split(',').filter(isStaffRole);
  if (text.split(',').length !== roles.length)
    throw new BadOption(`--roles names ${STAFF_ROLES.join(', ')}, with commas between`);
  return [...new Set(roles)].toSorted();
}

function textOf(name: string, value: string | undefined, charactersMax: number): string {
  const text = value?.trim() ?? '';
  if (text === '' || Array.from(text).length > charactersMax)
    throw new BadOption(`${name} takes 1 to ${charactersMax} characters`);
  return text;
}

function nothingAfter(others: readonly string[], options: StaffOptions): StaffOptions {
  if (others.length > 0) throw new BadOption(`nothing follows, not ${others.join(' ')}`);
  return options;
}

function parse(args: readonly string[]) {
  try {
    const options = { reason: { type: 'string' }, roles: { type: 'string' }, supplier: { type: 'string' } } as const;
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}
