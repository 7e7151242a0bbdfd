import type { EntityManager } from 'typeorm';
import { RolesUnfit } from './staff-accounts.errors.js';
import { StaffRoleGrant } from './staff-role-grant.entity.js';
import type { StaffRole } from './staff-role.js';
import { whyRolesUnfit } from './staff-role.rules.js';
import type { Staff, StaffId } from './staff.entity.js';

/** @throws RolesUnfit unless an account of this supplier, or of none, can hold just these roles */
export function expectFit(roles: readonly StaffRole[], supplierId: Staff['supplierId']): void {
  const why = whyRolesUnfit(roles, supplierId);
  if (why) throw new RolesUnfit(why);
}

export async function grant(db: EntityManager, staffId: StaffId, roles: readonly StaffRole[]): Promise<void> {
  await db.insert(
    StaffRoleGrant,
    roles.map((role) => ({ staffId, role })),
  );
}

/** In the order of the alphabet. */
export function rolesIn(grants: readonly StaffRoleGrant[]): StaffRole[] {
  return grants.map(({ role }) => role).toSorted();
}

export function isSame(held: readonly StaffRole[], roles: readonly StaffRole[]): boolean {
  return held.length === roles.length && held.every((role) => roles.includes(role));
}
