import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';
import type { UserId } from './user.entity.js';

export type SessionId = Id<'session'>;

/** A login on one phone. Tokens themselves are never stored, only their hashes. */
@Entity()
export class Session {
  @IdColumn('session')
  id: SessionId;

  @IdColumn('user', { primary: false, update: false })
  userId: UserId;

  /** Unique, so a login code opens one session at most. */
  @Column({ type: 'binary', length: 32, update: false })
  loginCodeHash: Buffer;

  @Column('binary', { length: 32 })
  refreshHash: Buffer;

  /** The token before the last rotation: good for a moment longer, because an answer may get lost on its way to the phone. */
  @Column('binary', { length: 32, nullable: true })
  previousHash: Buffer | null;

  @Column('datetime', { precision: 3 })
  rotatedAt: Date;

  @Column('datetime', { precision: 3 })
  expiresAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  revokedAt: Date | null;
}
