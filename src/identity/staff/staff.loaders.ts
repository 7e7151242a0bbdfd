import { In } from 'typeorm';
import { defineLoader, groupInOrder } from '#common';
import { StaffRoleGrant } from './staff-role-grant.entity.js';
import { isStaffRole, type StaffRole } from './staff-role.js';
import type { StaffId } from './staff.entity.js';

/** A role that this version does not know is left out: it gives nothing. */
export const rolesOfStaff = defineLoader(async (db, ids: readonly StaffId[]) => {
  const grants = await db.find(StaffRoleGrant, { where: { staffId: In(ids) }, order: { role: 'ASC' } });
  return groupInOrder(ids, grants, ({ staffId }) => staffId).map((own): StaffRole[] =>
    own.map(({ role }) => role).filter(isStaffRole),
  );
});
