import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import { IdColumn } from '#common';
import type { GrantedRole } from './role.js';
import type { Actor } from './user-change.entity.js';
import type { UserId } from './user.entity.js';

/** A role that somebody holds now. A revoked one is gone; `user_change` remembers it. */
@Entity()
export class RoleGrant {
  @IdColumn('user')
  userId: UserId;

  @PrimaryColumn('varchar')
  role: GrantedRole;

  @CreateDateColumn({ type: 'datetime', precision: 3 })
  grantedAt: Date;

  @Column('varchar')
  grantedBy: Actor;
}
