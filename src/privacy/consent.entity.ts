import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { type ConsentPurpose, IdColumn, type Language } from '#common';
import type { UserId } from '#identity';

export type ConsentKind = 'GIVEN' | 'WITHDRAWN';

/** Somebody agreed to a purpose, or took it back. The database refuses to change it; how things stand is what the newest says. */
@Entity()
export class Consent {
  @PrimaryGeneratedColumn({ type: 'bigint', unsigned: true })
  id: string;

  @IdColumn('user', { primary: false, update: false })
  userId: UserId;

  @Column('varchar')
  purpose: ConsentPurpose;

  /** Of the text: the one that was shown, or that is no longer agreed to. */
  @Column('smallint')
  version: number;

  @Column('varchar')
  kind: ConsentKind;

  /** In which the text was shown. */
  @Column('char')
  language: Language;

  @CreateDateColumn({ type: 'datetime', precision: 3 })
  actedAt: Date;
}
