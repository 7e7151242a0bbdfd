import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IdColumn } from '#common';
import type { StaffId } from './staff.entity.js';

/** What stands in for the second factor once, when the phone with the authenticator is away. */
@Entity()
export class StaffRecoveryCode {
  @IdColumn('staff')
  staffId: StaffId;

  @PrimaryColumn('binary', { length: 32 })
  codeHash: Buffer;

  @Column('datetime', { precision: 3, nullable: true })
  usedAt: Date | null;
}
