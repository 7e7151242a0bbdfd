import { Entity, PrimaryColumn } from 'typeorm';
import { IdColumn } from '#common';
import type { StaffRole } from './staff-role.js';
import type { StaffId } from './staff.entity.js';

/** A role that somebody of the staff holds now; the audit trail remembers who gave it. */
@Entity('staff_role')
export class StaffRoleGrant {
  @IdColumn('staff')
  staffId: StaffId;

  @PrimaryColumn('varchar')
  role: StaffRole;
}
