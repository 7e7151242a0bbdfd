import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn, idFromBytes } from '#common';
import { PrimaryColumn } from 'typeorm';
import type { BulkActId } from './bulk-act.entity.js';

@ObjectType({ description: 'One of many that could not be done.' })
@Entity()
export class BulkFailure {
  @IdColumn('bulk')
  bulkActId: BulkActId;

  @PrimaryColumn('binary', { length: 16 })
  subjectId: Buffer;

  @Column('varchar')
  subjectType: string;

  @Field(() => String, { description: 'Why not: the refusal’s type, such as `OrderNotRefundable`.' })
  @Column('varchar')
  problem: string;

  @Field(() => ID, { description: 'Which one.' })
  get subject(): Id {
    return idFromBytes(this.subjectType, this.subjectId);
  }
}
