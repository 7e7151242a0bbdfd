import type { SupplierId, SuppliersService } from '#catalog';
import type { Actor } from '#common';
import type { Invitation, StaffAccountsService } from '#identity';
import type { StaffOptions } from './options.js';

/** Where accounts are kept, and where it is known which suppliers there are. */
export interface Desks {
  readonly accounts: StaffAccountsService;
  readonly suppliers: SuppliersService;
}

/** An account is to be made for a supplier that there is not. */
export class NoSuchSupplier extends Error {
  override readonly name = 'NoSuchSupplier';

  constructor(id: SupplierId) {
    super(`没有供应商 ${id}。 There is no supplier ${id}.`);
  }
}

/**
 * Does what the options say and tells what came of it, a line each.
 *
 * @throws NoSuchStaff if there is no such account; LoginNameTaken if one to be added is there already
 * @throws RolesUnfit if a supplier's account would get another role, or another account that of suppliers
 * @throws NoSuchSupplier
 */
export async function decideStaff({ accounts, suppliers }: Desks, options: StaffOptions, by: Actor): Promise<string[]> {
  if (options.action === 'list') return (await accounts.list()).map(lineOf);
  const { loginName, reason } = options;
  const decision = { by, reason };
  switch (options.action) {
    case 'add':
      await expectSupplier(suppliers, options.supplierId);
      return linesOf(
        `${loginName} is added as`,
        options.roles.join(', '),
        await accounts.add(options, options.roles, decision),
      );
    case 'reset':
      return linesOf(
        `${loginName} is reset:`,
        'password, second factor and sessions are gone',
        await accounts.reset(loginName, decision),
      );
    case 'role': {
      const isNew = await accounts.setRoles(loginName, options.roles, decision);
      return [`${loginName} is ${options.roles.join(', ')} ${isNew ? 'now' : 'already'}`];
    }
    case 'disable':
    case 'enable': {
      const isNew = await accounts.setStatus(loginName, options.action === 'disable' ? 'DISABLED' : 'ACTIVE', decision);
      return [`${loginName} is ${options.action}d ${isNew ? 'now' : 'already'}`];
    }
  }
}

async function expectSupplier(suppliers: SuppliersService, id: SupplierId | null): Promise<void> {
  if (id !== null && !(await suppliers.exists(id))) throw new NoSuchSupplier(id);
}

function linesOf(what: string, how: string, { enrolmentCode, expiresAt }: Invitation): string[] {
  return [
    `${what} ${how}`,
    `enrolment code, good once until ${expiresAt.toISOString()} and shown only here: ${enrolmentCode}`,
  ];
}

type Listed = Awaited<ReturnType<StaffAccountsService['list']>>[number];

function lineOf({ staff, roles }: Listed): string {
  const { loginName, displayName, supplierId, status, enrolledAt } = staff;
  const whose = supplierId === null ? '' : ` of ${supplierId}`;
  const since = enrolledAt ? `enrolled ${enrolledAt.toISOString()}` : 'not enrolled';
  return `${loginName} (${displayName}) ${status} ${roles.join(',')}${whose} ${since}`;
}
