import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@ObjectType({ description: 'One look at everything that must hold.' })
@Entity()
export class InvariantRun {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @Field(() => Date, { description: 'When it began, in machine time.' })
  @Column({ type: 'datetime', precision: 3 })
  startedAt: Date;

  /** A run whose worker died never gets further than null, and the next one removes it. */
  @Field(() => Date, { nullable: true, description: 'When it was finished; null while it is under way.' })
  @Column({ type: 'datetime', precision: 3, nullable: true })
  finishedAt: Date | null;

  @Field(() => Int, { description: 'How many were judged.' })
  @Column('int')
  checked: number;

  @Field(() => Int, { description: 'How many could not be judged, because they hold only while nothing is in flight.' })
  @Column('int')
  skipped: number;

  @Field(() => Int, { description: 'How many could not be judged, because they ran out of time or failed.' })
  @Column('int')
  unfinished: number;

  @Field(() => Int, { description: 'How many of those that were judged are broken.' })
  @Column('int')
  broken: number;
}
