import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, CreateDateColumn, Entity } from 'typeorm';
import { connectionOf, type Id, IdColumn } from '#common';
import type { UserId } from '#identity';

export type LookId = Id<'look'>;

/** Under this operation a look is the person’s own export. */
export const EXPORT_OPERATION = 'privacyExport';

/** Somebody was told personal data of somebody. */
@ObjectType({ description: 'Somebody who runs the shop, or oneself, was told data about one.' })
@Entity()
export class Look {
  @Field(() => ID, { description: 'The look’s id; by it the shop knows who it was.' })
  @IdColumn('look')
  id: LookId;

  @IdColumn('user', { primary: false, update: false })
  userId: UserId;

  /** Who looked, by whatever id such a one has. */
  @Column({ type: 'varchar', update: false })
  actorId: string;

  @Field(() => String, { description: 'Which category of `personalData` was looked at; `ALL` if everything was.' })
  @Column({ type: 'varchar', update: false })
  category: string;

  @Field(() => String, { description: 'By which query, mutation or download.' })
  @Column({ type: 'varchar', update: false })
  operation: string;

  @Field(() => Date, { description: 'When.' })
  @CreateDateColumn({ type: 'datetime', precision: 3 })
  lookedAt: Date;
}

export const LookConnection = connectionOf(Look);
