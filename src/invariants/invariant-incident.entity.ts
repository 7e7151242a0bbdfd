import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { BrokenRow } from './look.js';

/** From when an invariant was first seen broken until it was seen to hold again. The database allows one open incident of each. */
@ObjectType({
  description: 'That something which must hold does not: from when it was first seen until it holds again.',
})
@Entity()
export class InvariantIncident {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @Column('varchar')
  name: string;

  @Field(() => Date, { description: 'When it was first seen, in machine time.' })
  @Column({ type: 'datetime', precision: 3 })
  firstSeenAt: Date;

  @Field(() => Date, { description: 'When it was last seen.' })
  @Column({ type: 'datetime', precision: 3 })
  lastSeenAt: Date;

  /** When it was first seen to hold again; null while it is open. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  closedAt: Date | null;

  @Field(() => Int, { description: 'How many rows were broken when it was last seen; no more than 100 are counted.' })
  @Column('int')
  brokenRows: number;

  /** The first few of them. */
  @Column('json')
  samples: readonly BrokenRow[];
}
