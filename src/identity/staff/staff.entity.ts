import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn, type Sealed, SealedColumn } from '#common';
import { UserStatus } from '../user.entity.js';

export type StaffId = Id<'staff'>;

/** The places that seals of somebody of the staff are bound to, and that their codes are hashed for. */
export const STAFF_SEALS = {
  passwordHash: 'staff.password_hash',
  totpSecret: 'staff.totp_secret',
  enrolmentHash: 'staff.enrolment_hash',
  recoveryCodeHash: 'staff_recovery_code.code_hash',
} as const;

@ObjectType({
  description:
    'Somebody who works for the shop or for one of its suppliers, with an account of its own kind: it cannot buy.',
})
@Entity()
export class Staff {
  @Field(() => ID, { description: 'The account’s id.' })
  @IdColumn('staff')
  id: StaffId;

  @Field(() => String, { description: 'The name that one logs in with.' })
  @Column({ type: 'varchar', update: false })
  loginName: string;

  @Field(() => String, { description: 'What colleagues call this person.' })
  @Column({ type: 'varchar', update: false })
  displayName: string;

  /** Whom the person works for, if it is one of the suppliers; set when the account is made. */
  @IdColumn('supplier', { primary: false, nullable: true, update: false })
  supplierId: Id<'supplier'> | null;

  @Column('varchar')
  status: UserStatus;

  /** Argon2id, sealed as well: a stolen copy of the table is no list to guess on. Null until a password is set. */
  @SealedColumn({ nullable: true })
  passwordHash: Sealed | null;

  /** In Base32, as an authenticator takes it. */
  @SealedColumn({ nullable: true })
  totpSecret: Sealed | null;

  /** The last time step of which a code was accepted; none up to it is accepted again (RFC 6238 5.2). */
  @Column('int', { nullable: true })
  totpStep: number | null;

  /** Of the code that lets somebody set a password; null when it is used up. */
  @Column('binary', { length: 32, nullable: true })
  enrolmentHash: Buffer | null;

  @Column('datetime', { precision: 3, nullable: true })
  enrolmentExpiresAt: Date | null;

  /** When password and second factor were both proven; nobody logs in before. */
  @Column('datetime', { precision: 3, nullable: true })
  enrolledAt: Date | null;
}
