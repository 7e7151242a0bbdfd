import { Column, Entity } from 'typeorm';
import { IdColumn } from '#common';
import type { UserId } from '#identity';
import { MessageKind } from '../kinds/message-kind.js';

/** A kind of message that a person does not want to be sent. All that have no row are wanted. */
@Entity()
export class MessageSetting {
  @IdColumn('user')
  userId: UserId;

  @Column({ type: 'varchar', primary: true })
  kind: MessageKind;

  /** Business time. */
  @Column({ type: 'datetime', precision: 3, update: false })
  offSince: Date;
}
