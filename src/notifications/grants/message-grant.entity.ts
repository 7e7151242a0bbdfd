import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';
import type { UserId } from '#identity';

export type MessageGrantId = Id<'grant'>;

/**
 * How many messages of a template a person has allowed, as far as we know: what the phone has reported or what WeChat has pushed, whichever is
 * more, less what was taken and what WeChat says is void (ADR 28).
 */
@Entity()
export class MessageGrant {
  @IdColumn('grant')
  id: MessageGrantId;

  @IdColumn('user', { primary: false, update: false })
  userId: UserId;

  @Column({ type: 'varchar', update: false })
  templateId: string;

  /** How often the person said yes, by the phone's word. */
  @Column('int')
  reported: number;

  /** The same, by WeChat's own. */
  @Column('int')
  pushed: number;

  /** How many were taken for a message that was sent, or may have been. */
  @Column('int')
  taken: number;

  /** How many WeChat did not know of, or the person has taken back. */
  @Column('int')
  voided: number;
}
