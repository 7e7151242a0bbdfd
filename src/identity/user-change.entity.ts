import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn } from '#common';
import type { GrantedRole } from './role.js';
import type { UserId } from './user.entity.js';

/** Who changes somebody's rights: an operator, or whoever runs a command on the server, by the system's name. */
export type Actor = UserId | `command:${string}`;

export type UserChangeKind = 'DISABLED' | 'ENABLED' | 'ROLE_GRANTED' | 'ROLE_REVOKED';

/** One change of a person's status or roles. The database refuses to change or delete it. */
@Entity()
export class UserChange {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @IdColumn('user', { primary: false, update: false })
  userId: UserId;

  @Column('varchar')
  kind: UserChangeKind;

  /** Which role; null for a change of status. */
  @Column('varchar', { nullable: true })
  role: GrantedRole | null;

  @Column('varchar')
  changedBy: Actor;

  @Column('varchar')
  reason: string;

  @CreateDateColumn({ type: 'datetime', precision: 3 })
  changedAt: Date;
}
