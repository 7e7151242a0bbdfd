import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Currency, type Id, IdColumn, Minor, MinorColumn } from '#common';

export type BillDayId = Id<'bill_day'>;

export const BillType = { TRADE: 'TRADE', FUND_FLOW: 'FUND_FLOW' } as const;
export type BillType = keyof typeof BillType;
registerEnumType(BillType, {
  name: 'BillType',
  description: 'Which of the channel’s bills it is.',
  valuesMap: {
    TRADE: { description: 'What was paid and what was given back.' },
    FUND_FLOW: { description: 'What moved in the shop’s account at the channel.' },
  },
});

export const BillDayStatus = { WAITING: 'WAITING', FETCHED: 'FETCHED', OPEN: 'OPEN', CLOSED: 'CLOSED' } as const;
export type BillDayStatus = keyof typeof BillDayStatus;
registerEnumType(BillDayStatus, {
  name: 'BillDayStatus',
  description: 'How far the reconciliation of a bill has come.',
  valuesMap: {
    WAITING: { description: 'The bill is not fetched yet; `problem` says why, if it was tried.' },
    FETCHED: { description: 'The bill is here and has not been compared yet.' },
    OPEN: { description: 'It differs from our books, and some of its findings are open.' },
    CLOSED: { description: 'It equals our books, or every difference is resolved; its fees are in the ledger.' },
  },
});

@ObjectType({ description: 'A bill of the channel of one day, and how it was compared with our books.' })
@Entity()
export class BillDay {
  @Field(() => ID, { description: 'The id of the bill.' })
  @IdColumn('bill_day')
  id: BillDayId;

  @Field(() => BillType, { description: 'Which bill.' })
  @Column({ type: 'varchar', update: false })
  type: BillType;

  @Field(() => String, { description: 'The day in China that it is of, `2026-11-22`.' })
  @Column({ type: 'date', update: false })
  day: string;

  @Field(() => BillDayStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: BillDayStatus;

  @Field(() => Int, { description: 'How many rows it has.' })
  @Column('int')
  linesTotal: number;

  @Field(() => Minor, { description: 'What came in by it, in minor units.' })
  @MinorColumn()
  inMinor: number;

  @Field(() => Minor, { description: 'What went out by it, in minor units.' })
  @MinorColumn()
  outMinor: number;

  @Field(() => Minor, {
    description: 'What the channel took for its work, less what it gave back, in minor units; 0 for FUND_FLOW.',
  })
  @MinorColumn()
  feeMinor: number;

  /** What the account held before the first row and after the last, in a bill of FUND_FLOW that has rows. */
  @MinorColumn({ nullable: true })
  openingMinor: number | null;

  @Field(() => Minor, {
    nullable: true,
    description: 'What the account held after the last row, in minor units; null for TRADE and for a day without rows.',
  })
  @MinorColumn({ nullable: true })
  closingMinor: number | null;

  @Field(() => String, { description: 'ISO 4217 code of the amounts’ currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  @Field(() => String, { nullable: true, description: 'The SHA-1 of the file; null if the day has no bill.' })
  @Column('char', { nullable: true })
  hash: string | null;

  @Field(() => String, { nullable: true, description: 'Why it is not here yet, as the channel or the file has it.' })
  @Column('varchar', { nullable: true })
  problem: string | null;

  /** In machine time: the channel’s patience is. */
  @Column('datetime', { precision: 3 })
  nextTryAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was fetched.' })
  @Column('datetime', { precision: 3, nullable: true })
  fetchedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was closed.' })
  @Column('datetime', { precision: 3, nullable: true })
  closedAt: Date | null;
}
