import { Column, Entity } from 'typeorm';
import { type Config, type Id, IdColumn } from '#common';
import type { ShareFault } from '#wechat';
import type { ShareSceneId } from './scene.entity.js';

export type ShareArtifactId = Id<'artifact'>;

export type ArtifactKind = 'CODE' | 'URL_LINK' | 'SCHEME' | 'SHORT_LINK';

/** Why WeChat made nothing when it was asked last; `UNANSWERED` is whatever may be well a moment later. */
export type ArtifactProblem = ShareFault | 'UNANSWERED';

/**
 * A code or link that WeChat made of a scene. The row is there before WeChat is asked, and whoever asks holds its lease, so that it is
 * asked once. All times are machine time.
 */
@Entity()
export class ShareArtifact {
  @IdColumn('artifact')
  id: ShareArtifactId;

  @IdColumn('scene', { primary: false, update: false })
  sceneId: ShareSceneId;

  @Column({ type: 'varchar', update: false })
  kind: ArtifactKind;

  /** The page that WeChat was told. */
  @Column({ type: 'varchar', update: false })
  page: string;

  /** The version of the mini-program that it opens. */
  @Column({ type: 'varchar', update: false })
  version: Config['WECHAT_ENV_VERSION'];

  /** In pixels, of a code; 0 of a link. */
  @Column({ type: 'int', update: false })
  width: number;

  /** The link, or the key of the code's picture in the storage; null until it is made. */
  @Column('varchar', { nullable: true })
  address: string | null;

  /** Of the picture; null of a link. */
  @Column('int', { nullable: true })
  sizeBytes: number | null;

  @Column('datetime', { precision: 3, nullable: true })
  madeAt: Date | null;

  /** When the link ends; null of a code, which never does. */
  @Column('datetime', { precision: 3, nullable: true })
  expiresAt: Date | null;

  /** Counts the askings, and fences them: an answer counts only for the newest. */
  @Column('int')
  attempt: number;

  /** Until when nobody else asks WeChat. */
  @Column('datetime', { precision: 3, nullable: true })
  leaseUntil: Date | null;

  @Column('varchar', { nullable: true })
  problem: ArtifactProblem | null;
}
