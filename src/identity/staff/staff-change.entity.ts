import { Column, CreateDateColumn, Entity, type EntityManager, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn } from '#common';
import type { StaffRole } from './staff-role.js';
import type { StaffId } from './staff.entity.js';

/** Who changes something: one of the staff, or whoever runs a command on the server, by the system's name. Rows from before staff had accounts name a user. */
export type Actor = StaffId | `command:${string}`;

export type StaffChangeKind =
  'ADDED' | 'ROLES_SET' | 'RESET' | 'DISABLED' | 'ENABLED' | 'ENROLLED' | 'PASSWORD_CHANGED';

/** One change of an account of the staff. The database refuses to change or delete it. */
@Entity()
export class StaffChange {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @IdColumn('staff', { primary: false, update: false })
  staffId: StaffId;

  @Column('varchar')
  kind: StaffChangeKind;

  /** The roles held from now on, in the order of the alphabet with commas between; null if the change is not about roles. */
  @Column('varchar', { nullable: true })
  roles: string | null;

  @Column('varchar')
  changedBy: Actor;

  @Column('varchar')
  reason: string;

  @CreateDateColumn({ type: 'datetime', precision: 3 })
  changedAt: Date;
}

interface Told {
  readonly staffId: StaffId;
  readonly kind: StaffChangeKind;
  readonly roles?: readonly StaffRole[];
  readonly by: Actor;
  readonly reason: string;
}

export async function recordStaffChange(db: EntityManager, { staffId, kind, roles, by, reason }: Told): Promise<void> {
  const held = roles ? roles.toSorted().join(',') : null;
  await db.insert(StaffChange, { staffId, kind, roles: held, changedBy: by, reason });
}
