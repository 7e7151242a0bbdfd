import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { connectionOf, type Id, IdColumn } from '#common';
import type { StaffId } from './staff/staff.entity.js';
import type { UserId } from './user.entity.js';

export type SessionId = Id<'session'>;

/** A login on one phone, or in one browser. Tokens themselves are never stored, only their hashes. */
@ObjectType({ description: 'A login on one phone, or in one browser.' })
@Entity()
export class Session {
  @Field(() => ID, { description: 'The session’s id.' })
  @IdColumn('session')
  id: SessionId;

  /** Whose it is: a buyer's or, if null, one of the staff's. */
  @IdColumn('user', { primary: false, nullable: true, update: false })
  userId: UserId | null;

  @IdColumn('staff', { primary: false, nullable: true, update: false })
  staffId: StaffId | null;

  /** Unique, so a login code opens one session at most. The staff’s sessions have what names their code here. */
  @Column({ type: 'binary', length: 32, update: false })
  loginCodeHash: Buffer;

  @Column('binary', { length: 32 })
  refreshHash: Buffer;

  /** The token before the last rotation: good for a moment longer, because an answer may get lost on its way to the phone. */
  @Column('binary', { length: 32, nullable: true })
  previousHash: Buffer | null;

  @Field(() => Date, { description: 'When the phone logged in.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  startedAt: Date;

  @Field(() => Date, {
    description: 'When its tokens were last replaced, which a phone in use does every few minutes.',
  })
  @Column('datetime', { precision: 3 })
  rotatedAt: Date;

  @Field(() => Date, { description: 'When it ends unless it is used before.' })
  @Column('datetime', { precision: 3 })
  expiresAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  revokedAt: Date | null;
}

export const SessionConnection = connectionOf(Session);
