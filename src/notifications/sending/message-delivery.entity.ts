import { Column, Entity } from 'typeorm';
import { IdColumn } from '#common';
import type { UserId } from '#identity';
import type { MessageId } from '../inbox/message.entity.js';
import { MessageKind } from '../kinds/message-kind.js';

export const DeliveryStatus = {
  WAITING: 'WAITING',
  SENDING: 'SENDING',
  SENT: 'SENT',
  REFUSED: 'REFUSED',
  UNKNOWN: 'UNKNOWN',
  DROPPED: 'DROPPED',
} as const;
export type DeliveryStatus = keyof typeof DeliveryStatus;

/** Why a message was not sent at all. */
export type DropReason = 'GONE' | 'SWITCHED_OFF' | 'STALE' | 'TOO_MANY' | 'NO_GRANT';

/** A message on its way to somebody's WeChat, beside the inbox: one for a message, whose id it has. */
@Entity()
export class MessageDelivery {
  @IdColumn('message')
  id: MessageId;

  @IdColumn('user', { primary: false, update: false })
  userId: UserId;

  @Column({ type: 'varchar', update: false })
  kind: MessageKind;

  @Column('varchar')
  status: DeliveryStatus;

  /** When to try, business time. */
  @Column('datetime', { precision: 3 })
  dueAt: Date;

  /** After which it is pointless, business time. */
  @Column({ type: 'datetime', precision: 3, update: false })
  staleAt: Date;

  /** The template whose grant was taken for it; null if none is. */
  @Column('varchar', { nullable: true })
  templateId: string | null;

  /** When it was decided to send it, business time; null until then, and again if WeChat said that it did not. */
  @Column('datetime', { precision: 3, nullable: true })
  intendedAt: Date | null;

  /** The same in machine time, by which it is known that whoever sent it has died. */
  @Column('datetime', { precision: 3, nullable: true })
  startedAt: Date | null;

  /** How often WeChat has said that it did not send it, and that it might later. */
  @Column('int')
  failures: number;

  /** WeChat's code of the last no, or our reason; null if there was none. */
  @Column('varchar', { nullable: true })
  code: string | null;

  /** What WeChat told later of what became of it: `0` if it was delivered; null if nothing. */
  @Column('varchar', { nullable: true })
  result: string | null;
}
