import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { type Actor, type Id, idFromBytes } from '#common';

/** One act of the staff. The database refuses to change or delete it. */
@ObjectType({ description: 'One act of the staff on money, stock or people. It is never changed.' })
@Entity()
export class AuditEntry {
  @Field(() => ID, { description: 'The entry’s number.' })
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @Field(() => String, {
    description:
      'The id of one of the staff, or of a user from before the staff had accounts; or the name of the command that was run on the server.',
  })
  @Column('varchar')
  actor: Actor;

  @Field(() => String, { description: 'What was done, such as `identity.userDisabled`.' })
  @Column('varchar')
  kind: string;

  @Column('varchar')
  subjectType: string;

  @Column('binary', { length: 16 })
  subjectId: Buffer;

  @Field(() => String, { description: 'Why.' })
  @Column('varchar')
  reason: string;

  @Field(() => String, {
    description: 'What the subject said before, as a JSON object; `{}` if it did not exist. Never anything personal.',
  })
  @Column('text', { name: 'facts_before' })
  before: string;

  @Field(() => String, { description: 'What it says since, as a JSON object. Never anything personal.' })
  @Column('text', { name: 'facts_after' })
  after: string;

  @Field(() => String, {
    nullable: true,
    description:
      'By which request, as a JSON object: `mutation`, `session` and, if it had one, `idempotencyKey`; or `bulkAct`, of which it was a part; null for a command.',
  })
  @Column('text', { nullable: true })
  request: string | null;

  @Field(() => Date, { description: 'When, in business time.' })
  @Column({ type: 'datetime', precision: 3 })
  actedAt: Date;

  @Field(() => Date, { description: 'When it was written down, in machine time; lists are ordered by it.' })
  @CreateDateColumn({ type: 'datetime', precision: 3 })
  recordedAt: Date;

  @Field(() => ID, { description: 'To what: the id of a person, one of the staff, an offer, an order.' })
  get subject(): Id {
    return idFromBytes(this.subjectType, this.subjectId);
  }
}
