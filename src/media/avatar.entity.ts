import { Entity } from 'typeorm';
import { IdColumn } from '#common';
import type { UserId } from '#identity';
import type { ImageId } from './image.entity.js';

/** Which image stands for a person. */
@Entity()
export class Avatar {
  @IdColumn('user')
  userId: UserId;

  @IdColumn('image', { primary: false })
  imageId: ImageId;
}
