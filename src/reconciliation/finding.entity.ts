import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Currency, type Id, IdColumn, Minor, MinorColumn } from '#common';
import type { StaffId } from '#identity';
import type { BillDayId } from './bill-day.entity.js';
import { FindingAdvice, FindingKind, FindingStatus, FindingSubject } from './finding.kinds.js';

export type FindingId = Id<'finding'>;

registerEnumType(FindingKind, {
  name: 'FindingKind',
  description: 'How a bill differs from our books.',
  valuesMap: {
    MISSING: { description: 'It is in our books and not in the bill.' },
    EXTRA: { description: 'It is in the bill and not in our books.' },
    AMOUNT: { description: 'The amounts differ.' },
    STATE: { description: 'The channel says that it ended otherwise.' },
    FEE: { description: 'The fee is another than follows from its rate.' },
  },
});
registerEnumType(FindingSubject, {
  name: 'FindingSubject',
  description: 'What a finding is about.',
  valuesMap: {
    TRADE: { description: 'A payment.' },
    REFUND: { description: 'A refund.' },
    FLOW_TRADE: { description: 'The money of a payment as it moved in our account at the channel.' },
    FLOW_REFUND: { description: 'The money of a refund as it moved in our account at the channel.' },
    FLOW_FEE: { description: 'A fee as it moved in our account at the channel.' },
    FLOW_OTHER: { description: 'Another movement in our account at the channel.' },
    BALANCE: { description: 'What was left in our account at the channel.' },
  },
});
registerEnumType(FindingStatus, {
  name: 'FindingStatus',
  description: 'Whether somebody must still see to a finding.',
  valuesMap: {
    OPEN: { description: 'It is not explained.' },
    RESOLVED: { description: 'One of the staff has resolved it; `reason` says how.' },
    DISSOLVED: { description: 'It has gone by itself: the books and the bill came to agree.' },
  },
});
registerEnumType(FindingAdvice, {
  name: 'FindingAdvice',
  description: 'What is to be done about a finding; `whatToDo` has the words.',
  valuesMap: {
    CHANNEL_ASKED: { description: 'The channel is being asked about it; wait, and look again.' },
    FIND_OWNER: { description: 'None of our numbers: find out who sold what.' },
    CLAIM: { description: 'Claim it from the channel.' },
    COMPARE: { description: 'Compare both in the merchant console.' },
    CHECK_RATE: { description: 'Compare the fee with the contract.' },
    CHECK_ACCOUNT: { description: 'Look the movement up in the merchant console.' },
  },
});

@ObjectType({ description: 'Something in which a bill of the channel and our books differ.' })
@Entity()
export class Finding {
  @Field(() => ID, { description: 'The finding’s id.' })
  @IdColumn('finding')
  id: FindingId;

  @Field(() => ID, { description: 'Of which bill.' })
  @IdColumn('bill_day', { primary: false, update: false })
  billDayId: BillDayId;

  @Field(() => FindingKind, { description: 'How they differ.' })
  @Column({ type: 'varchar', update: false })
  kind: FindingKind;

  @Field(() => FindingSubject, { description: 'In what.' })
  @Column({ type: 'varchar', update: false })
  subject: FindingSubject;

  /** The channel’s number if there is one, else ours: the same each time that the bill is compared. */
  @Column({ type: 'varchar', update: false })
  about: string;

  @Field(() => String, { nullable: true, description: 'Our number of the payment or refund, if one is known.' })
  @Column({ type: 'varchar', nullable: true, update: false })
  ourNumber: string | null;

  @Field(() => String, { nullable: true, description: 'The channel’s number of it, if one is known.' })
  @Column({ type: 'varchar', nullable: true, update: false })
  channelNumber: string | null;

  @Field(() => Minor, { nullable: true, description: 'What our books say, in minor units; null if nothing.' })
  @MinorColumn({ nullable: true, update: false })
  oursMinor: number | null;

  @Field(() => Minor, { nullable: true, description: 'What the bill says, in minor units; null if nothing.' })
  @MinorColumn({ nullable: true, update: false })
  theirsMinor: number | null;

  @Field(() => String, { description: 'ISO 4217 code of the amounts’ currency.' })
  @Column({ type: 'char', update: false })
  currency: Currency;

  @Field(() => String, { nullable: true, description: 'Where it stood in our books when it was found.' })
  @Column({ type: 'varchar', nullable: true, update: false })
  ourState: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Where it stands in the bill, in the channel’s word; of what the bill lacks, what the channel answers about it: `UNKNOWN` if it knows no such number.',
  })
  @Column('varchar', { nullable: true })
  theirState: string | null;

  @Field(() => FindingAdvice, { description: 'What is to be done.' })
  @Column({ type: 'varchar', update: false })
  advice: FindingAdvice;

  @Field(() => FindingStatus, { description: 'Whether somebody must still see to it.' })
  @Column('varchar')
  status: FindingStatus;

  @Field(() => Date, { description: 'When it was found.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  foundAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was resolved, or went by itself.' })
  @Column('datetime', { precision: 3, nullable: true })
  resolvedAt: Date | null;

  @Field(() => ID, { nullable: true, description: 'Who of the staff has resolved it.' })
  @IdColumn('staff', { primary: false, nullable: true })
  resolvedById: StaffId | null;

  @Field(() => String, { nullable: true, description: 'Why it is resolved, in the words of whoever did it.' })
  @Column('varchar', { nullable: true })
  reason: string | null;
}
