import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';
import type { PushSaid } from './push.js';

export type WechatPushId = Id<'push'>;

/** An event that WeChat has pushed, stored once however often it came. */
@Entity()
export class WechatPush {
  @IdColumn('push')
  id: WechatPushId;

  @Column({ type: 'binary', length: 32, update: false })
  identity: Buffer;

  @Column({ type: 'varchar', update: false })
  event: string;

  /** By which the person is found; null once it was worked off, or if nobody asks. */
  @Column('binary', { length: 32, nullable: true })
  openidIndex: Buffer | null;

  @Column({ type: 'json', nullable: true, update: false })
  said: PushSaid;

  /** When it happened, as WeChat says. */
  @Column({ type: 'datetime', precision: 3, update: false })
  createdAt: Date;

  /** Machine time. */
  @Column({ type: 'datetime', precision: 3, update: false })
  receivedAt: Date;
}
