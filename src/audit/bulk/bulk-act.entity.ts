import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Currency, type Id, IdColumn, Minor, MinorColumn } from '#common';
import type { StaffId } from '#identity';

export type BulkActId = Id<'bulk'>;

export const BulkActStatus = {
  PROPOSED: 'PROPOSED',
  APPROVED: 'APPROVED',
  DONE: 'DONE',
  REJECTED: 'REJECTED',
  WITHDRAWN: 'WITHDRAWN',
  EXPIRED: 'EXPIRED',
} as const;
export type BulkActStatus = keyof typeof BulkActStatus;
registerEnumType(BulkActStatus, {
  name: 'BulkActStatus',
  description: 'How far a bulk act has come.',
  valuesMap: {
    PROPOSED: { description: 'Another operator must approve it before `expiresAt`.' },
    APPROVED: { description: 'It is being carried out.' },
    DONE: { description: 'Every item was tried; `failures` says which could not be done.' },
    REJECTED: { description: 'Another operator said no.' },
    WITHDRAWN: { description: 'Whoever proposed it took it back.' },
    EXPIRED: { description: 'Nobody approved it in time.' },
  },
});

@ObjectType({ description: 'Something that is done to many things at once, and that needs two operators.' })
@Entity()
export class BulkAct {
  @Field(() => ID, { description: 'The bulk act’s id.' })
  @IdColumn('bulk')
  id: BulkActId;

  @Field(() => String, { description: 'What is done, such as `orders.refund`.' })
  @Column({ type: 'varchar', update: false })
  kind: string;

  @Field(() => BulkActStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: BulkActStatus;

  @Field(() => String, { description: 'To what, as a JSON object.' })
  @Column({ type: 'text', update: false })
  input: string;

  @Field(() => String, { description: 'Why, in the words of who proposed it.' })
  @Column({ type: 'varchar', update: false })
  reason: string;

  @Field(() => Int, { description: 'How many things it is about.' })
  @Column({ type: 'int', update: false })
  itemsTotal: number;

  @Field(() => Minor, {
    description: 'How much money it moved in all when it was proposed, in minor units; less may be left by now.',
  })
  @MinorColumn({ update: false })
  amountMinor: number;

  @Field(() => String, { description: 'ISO 4217 code of the amount’s currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  @Field(() => Int, { description: 'How many have been tried so far.' })
  @Column('int')
  itemsTried: number;

  @Field(() => ID, { description: 'Who proposed it.' })
  @IdColumn('staff', { primary: false, update: false })
  proposedById: StaffId;

  @Field(() => Date, { description: 'When it was proposed.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  proposedAt: Date;

  @Field(() => Date, { description: 'Until when it can be approved.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  expiresAt: Date;

  @Field(() => ID, { nullable: true, description: 'Who approved or rejected it.' })
  @IdColumn('staff', { primary: false, nullable: true })
  decidedById: StaffId | null;

  @Field(() => Date, { nullable: true, description: 'When that was.' })
  @Column('datetime', { precision: 3, nullable: true })
  decidedAt: Date | null;
}
