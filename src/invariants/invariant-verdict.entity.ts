import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Outcome } from './judgement.js';

/** How an invariant stood when a finished run last looked at it, and when it was last judged. */
@Entity()
export class InvariantVerdict {
  @PrimaryColumn('varchar')
  name: string;

  @Column('varchar')
  outcome: Outcome;

  @Column({ type: 'varchar', nullable: true })
  problem: string | null;

  /** When the run began that last judged it; null if none has. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  judgedAt: Date | null;
}
