import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn } from '#common';
import type { Actor } from './staff/staff-change.entity.js';
import type { UserId } from './user.entity.js';

export type UserChangeKind = 'DISABLED' | 'ENABLED' | 'ROLE_GRANTED' | 'ROLE_REVOKED';

/** One change of a person's status. The database refuses to change or delete it. */
@Entity()
export class UserChange {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @IdColumn('user', { primary: false, update: false })
  userId: UserId;

  @Column('varchar')
  kind: UserChangeKind;

  /** Which role, of when people had some; null for a change of status. */
  @Column('varchar', { nullable: true })
  role: string | null;

  @Column('varchar')
  changedBy: Actor;

  @Column('varchar')
  reason: string;

  @CreateDateColumn({ type: 'datetime', precision: 3 })
  changedAt: Date;
}
