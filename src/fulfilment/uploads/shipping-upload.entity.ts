import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';
import type { CheckoutId } from '#orders';
import type { DeliveryMode } from '#wechat';

export type ShippingUploadId = Id<'upload'>;

export const ShippingUploadStatus = {
  PENDING: 'PENDING',
  UPLOADED: 'UPLOADED',
  STUCK: 'STUCK',
  CLOSED: 'CLOSED',
} as const;
export type ShippingUploadStatus = keyof typeof ShippingUploadStatus;
registerEnumType(ShippingUploadStatus, {
  name: 'ShippingUploadStatus',
  description: 'Whether WeChat knows what has been shipped for a payment.',
  valuesMap: {
    PENDING: { description: 'WeChat is about to be told, or to be asked again.' },
    UPLOADED: { description: 'WeChat knows all that has been shipped so far.' },
    STUCK: { description: 'WeChat does not take it as it is; an operator must act.' },
    CLOSED: { description: 'WeChat takes nothing more for this payment.' },
  },
});

@ObjectType({
  description: 'What WeChat is told of the shipping of one payment. Until it knows, the payment’s money stays frozen.',
})
@Entity()
export class ShippingUpload {
  @Field(() => ID, { description: 'The upload’s id.' })
  @IdColumn('upload')
  id: ShippingUploadId;

  /** What the payment has paid: its orders may be of several suppliers. */
  @IdColumn('checkout', { primary: false, update: false })
  checkoutId: CheckoutId;

  @Field(() => ShippingUploadStatus, { description: 'Where it stands.' })
  @Column('varchar')
  status: ShippingUploadStatus;

  /** Counts what has changed of the shipping, so that an answer is known to be about the newest. */
  @Column('int')
  revision: number;

  /** As it was first said; WeChat takes another for a second upload. */
  @Column('varchar', { nullable: true })
  mode: DeliveryMode | null;

  /** The time of the newest attempt, machine time: WeChat wants it to grow. */
  @Column('datetime', { precision: 3, nullable: true })
  sentAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When WeChat last took it; null if it never has.' })
  @Column('datetime', { precision: 3, nullable: true })
  uploadedAt: Date | null;

  @Field(() => Int, { description: 'How many parcels WeChat knows.' })
  @Column('int')
  parcelsUploaded: number;

  @Field(() => Int, {
    description:
      'How often WeChat takes the shipping as finished: 0, 1, or 2 if it was corrected, which can be done once.',
  })
  @Column('tinyint')
  finishShippingCount: number;

  /** Attempts in a row that WeChat did not take. */
  @Column('int')
  failures: number;

  @Field(() => String, {
    nullable: true,
    description: 'What was wrong the last time, as WeChat said; null if nothing.',
  })
  @Column('varchar', { nullable: true })
  problem: string | null;

  /** When the buyer was reminded to confirm the receipt, machine time. */
  @Column('datetime', { precision: 3, nullable: true })
  remindedAt: Date | null;
}
