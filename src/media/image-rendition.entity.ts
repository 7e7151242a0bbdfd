import { registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { IdColumn } from '#common';
import type { ImageId } from './image.entity.js';

export const ImageFormat = { WEBP: 'WEBP', JPEG: 'JPEG' } as const;
export type ImageFormat = keyof typeof ImageFormat;
registerEnumType(ImageFormat, {
  name: 'ImageFormat',
  description: 'In which format an image is fetched.',
  valuesMap: {
    WEBP: { description: 'Smaller, and keeps transparency; every WeChat since 2019 shows it.' },
    JPEG: { description: 'For share cards, content checks and old phones; what is transparent becomes white.' },
  },
});

/** An image in one width and format, as it is fetched; its key follows from the three. */
@Entity()
export class ImageRendition {
  @IdColumn('image')
  imageId: ImageId;

  @PrimaryColumn('varchar')
  format: ImageFormat;

  @PrimaryColumn('int')
  width: number;

  @Column('int')
  sizeBytes: number;
}
