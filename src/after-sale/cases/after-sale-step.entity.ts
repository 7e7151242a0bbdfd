import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn, type Sealed, SealedColumn, type Texts } from '#common';
import { type AfterSaleId, AfterSaleStatus } from './after-sale.entity.js';

export const AfterSaleActor = {
  BUYER: 'BUYER',
  SUPPLIER: 'SUPPLIER',
  OPERATOR: 'OPERATOR',
  CLOCK: 'CLOCK',
  CHANNEL: 'CHANNEL',
} as const;
export type AfterSaleActor = keyof typeof AfterSaleActor;
registerEnumType(AfterSaleActor, {
  name: 'AfterSaleActor',
  description: 'Who has taken a step of a case.',
  valuesMap: {
    BUYER: { description: 'The buyer.' },
    SUPPLIER: { description: 'Whoever works for the supplier.' },
    OPERATOR: { description: 'One of the shop’s own staff.' },
    CLOCK: { description: 'Nobody: the time was over.' },
    CHANNEL: { description: 'The payment channel, which has paid.' },
  },
});

/** As a page shows them beside the step. */
export const ACTOR_TEXTS: Readonly<Record<AfterSaleActor, Texts>> = {
  BUYER: { zh: '买家操作。', en: 'By the buyer.' },
  SUPPLIER: { zh: '商家操作。', en: 'By the seller.' },
  OPERATOR: { zh: '平台客服操作。', en: 'By the shop’s staff.' },
  CLOCK: { zh: '超时自动处理。', en: 'By itself, because the time was over.' },
  CHANNEL: { zh: '支付渠道已退款。', en: 'By the payment channel.' },
};

@ObjectType({ description: 'One step of a case.' })
@Entity()
export class AfterSaleStep {
  @Field(() => ID, { description: 'The step’s id.' })
  @IdColumn('step')
  id: Id<'step'>;

  @IdColumn('aftersale', { primary: false, update: false })
  afterSaleId: AfterSaleId;

  @Field(() => AfterSaleStatus, { description: 'Where it led.' })
  @Column({ type: 'varchar', update: false })
  status: AfterSaleStatus;

  @Field(() => AfterSaleActor, { description: 'Who has taken it.' })
  @Column({ type: 'varchar', update: false })
  actor: AfterSaleActor;

  /** What was said with it; people write what they like. */
  @SealedColumn({ nullable: true })
  note: Sealed | null;

  @Field(() => Date, { description: 'When.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  movedAt: Date;
}
