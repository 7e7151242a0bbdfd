import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { connectionOf, type Id, IdColumn } from '#common';
import type { UserId } from '#identity';
import { MessageKind, type MessageParams } from '../kinds/message-kind.js';

export type MessageId = Id<'message'>;

@ObjectType({ description: 'Something that has happened to what one has bought, told once.' })
@Entity()
export class Message {
  @Field(() => ID, { description: 'The message’s id.' })
  @IdColumn('message')
  id: MessageId;

  @IdColumn('user', { primary: false, update: false })
  userId: UserId;

  @Field(() => MessageKind, { description: 'What it is about.' })
  @Column({ type: 'varchar', update: false })
  kind: MessageKind;

  /** Of what it tells; which kind of thing that is, the message's kind says. */
  @Column({ type: 'binary', length: 16, update: false })
  subjectId: Buffer;

  /** What has happened: nobody is told of it twice. */
  @Column({ type: 'binary', length: 16, update: false })
  occasionId: Buffer;

  @Column({ type: 'json', update: false })
  params: MessageParams;

  @Field(() => Date, { description: 'When it was told.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When one has read it; null until then.' })
  @Column('datetime', { precision: 3, nullable: true })
  readAt: Date | null;
}

export const MessageConnection = connectionOf(Message);
