import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity } from 'typeorm';
import { type Id, IdColumn } from '#common';
import type { StaffId, UserId } from '#identity';

export type ImageId = Id<'image'>;

export const ImageStatus = {
  PENDING: 'PENDING',
  PROCESSING: 'PROCESSING',
  READY: 'READY',
  REFUSED: 'REFUSED',
  EXPIRED: 'EXPIRED',
  DELETED: 'DELETED',
} as const;
export type ImageStatus = keyof typeof ImageStatus;
registerEnumType(ImageStatus, {
  name: 'ImageStatus',
  description: 'How far an image has come.',
  valuesMap: {
    PENDING: { description: 'Its file has not been reported as uploaded.' },
    PROCESSING: { description: 'Its file is being looked at; ask again in a second.' },
    READY: { description: 'It can be shown.' },
    REFUSED: { description: 'Its file is not shown; `whyRefused` says why.' },
    EXPIRED: { description: 'No file was reported in time.' },
    DELETED: { description: 'Its owner has deleted it, or the shop does not show it any more.' },
  },
});

export const ImagePurpose = {
  AVATAR: 'AVATAR',
  POST: 'POST',
  AFTER_SALE: 'AFTER_SALE',
  PRODUCT: 'PRODUCT',
} as const;
export type ImagePurpose = keyof typeof ImagePurpose;
registerEnumType(ImagePurpose, {
  name: 'ImagePurpose',
  description: 'What an image is for; it decides how large its file may be and in which widths it is shown.',
  valuesMap: {
    AVATAR: { description: 'The picture of a person; at most 2 MiB.' },
    POST: { description: 'In something that people write; at most 10 MiB.' },
    AFTER_SALE: { description: 'What is wrong with goods; at most 10 MiB.' },
    PRODUCT: { description: 'What goods look like; uploaded by the staff only; at most 10 MiB.' },
  },
});

export const ImageType = { JPEG: 'JPEG', PNG: 'PNG', WEBP: 'WEBP', GIF: 'GIF' } as const;
export type ImageType = keyof typeof ImageType;
registerEnumType(ImageType, {
  name: 'ImageType',
  description: 'What a file is. Others, such as SVG and HEIC, are not taken.',
  valuesMap: {
    JPEG: { description: '`image/jpeg`' },
    PNG: { description: '`image/png`' },
    WEBP: { description: '`image/webp`' },
    GIF: { description: '`image/gif`; shown as a still of its first frame, as an animated WebP is.' },
  },
});

/** Why a file is not shown; `image.refusals.ts` has the words. */
export type ImageProblem = 'MISMATCHED' | 'UNREADABLE' | 'TOO_MANY_PIXELS' | 'TOO_MANY_FRAMES' | 'UNPROCESSED';

/** One file that somebody uploads, and what is made of it. All its times are machine time, which the storage's forms run by. */
@ObjectType({ description: 'An image that somebody has uploaded. What is shown is always made anew from the file.' })
@Entity()
export class Image {
  @Field(() => ID, { description: 'The image’s id.' })
  @IdColumn('image')
  id: ImageId;

  /** Whose it is; null if one of the staff has uploaded it for the shop. */
  @IdColumn('user', { primary: false, nullable: true, update: false })
  ownerId: UserId | null;

  /** Who of the staff has uploaded it for the shop; null if it is somebody’s own. */
  @IdColumn('staff', { primary: false, nullable: true, update: false })
  staffId: StaffId | null;

  @Field(() => ImagePurpose, { description: 'What it is for.' })
  @Column({ type: 'varchar', update: false })
  purpose: ImagePurpose;

  /** What the file was promised to be. */
  @Column({ type: 'varchar', update: false })
  type: ImageType;

  /** How large the file was promised to be. */
  @Column({ type: 'int', update: false })
  sizeBytes: number;

  @Field(() => ImageStatus, { description: 'How far it has come.' })
  @Column('varchar')
  status: ImageStatus;

  @Column('varchar', { nullable: true })
  problem: ImageProblem | null;

  @Field(() => Int, { nullable: true, description: 'Its own width in pixels, upright; null until it is READY.' })
  @Column('int', { nullable: true })
  width: number | null;

  @Field(() => Int, { nullable: true, description: 'Its own height in pixels, upright; null until it is READY.' })
  @Column('int', { nullable: true })
  height: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A blurred picture of it in a few characters (blurha.sh), to be shown while it loads; null until it is READY.',
  })
  @Column('varchar', { nullable: true })
  blurhash: string | null;

  @Field(() => Date, { description: 'When its upload began.' })
  @Column({ type: 'datetime', precision: 3, update: false })
  startedAt: Date;

  /** Until when the storage takes the file. */
  @Column({ type: 'datetime', precision: 3, update: false })
  uploadUntil: Date;

  /** When the file was reported as uploaded. */
  @Column('datetime', { precision: 3, nullable: true })
  uploadedAt: Date | null;

  /** Whether it belongs to the record of a trade, so that it stays whoever wants it gone. */
  @Column('boolean')
  isKept: boolean;
}
