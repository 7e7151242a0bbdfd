import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';
import type { UserId } from '#identity';
import type { ShareTargetType } from './share-target.js';

export type ShareSceneId = Id<'scene'>;

/** What somebody shares: one row for each person and thing, however often it is asked for. It stays, because what was printed stays. */
@Entity()
export class ShareScene {
  @IdColumn('scene')
  id: ShareSceneId;

  /** What a page is given, and what nobody can guess; case matters. */
  @Column({ type: 'char', length: 10, update: false })
  code: string;

  @Column({ type: 'varchar', update: false })
  targetType: ShareTargetType;

  /** The bytes of its id: which prefix it has is up to its type. */
  @Column({ type: 'binary', length: 16, update: false })
  targetId: Buffer;

  /** Who shares it; null once that person has left. */
  @IdColumn('user', { primary: false, nullable: true })
  makerId: UserId | null;

  /** In machine time. */
  @Column({ type: 'datetime', precision: 3, update: false })
  createdAt: Date;
}
