import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CreateDateColumn, Entity } from 'typeorm';
import { connectionOf, type Id, IdColumn } from '#common';
import type { UserId } from './user.entity.js';

export type UserBlockId = Id<'block'>;

/** One direction only: who is blocked is not told, and may block back. */
@ObjectType({ description: 'Somebody whom one does not want to meet: lists leave the two out for each other.' })
@Entity()
export class UserBlock {
  @Field(() => ID, { description: 'The block’s id; it says nothing about who is blocked.' })
  @IdColumn('block')
  id: UserBlockId;

  @IdColumn('user', { primary: false, update: false })
  userId: UserId;

  @IdColumn('user', { primary: false, update: false })
  blockedId: UserId;

  @Field(() => Date, { description: 'Since when.' })
  @CreateDateColumn({ type: 'datetime', precision: 3 })
  blockedAt: Date;
}

export const UserBlockConnection = connectionOf(UserBlock);

/** A block that was taken back, without whom it was about: it is remembered for a while so that the phone may ask again. */
@Entity()
export class LiftedBlock {
  @IdColumn('block')
  id: UserBlockId;

  @IdColumn('user', { primary: false, update: false })
  userId: UserId;
}
