import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { IsId, RepeatableInput } from '#common';
import { type ImageId, ImagePurpose, ImageType } from './image.entity.js';
import { UPLOAD_BYTES_MAX } from './image.limits.js';

/** What buyers upload images for. */
const BUYERS_PURPOSES = Object.values(ImagePurpose).filter((purpose) => purpose !== 'PRODUCT');

@InputType({ description: 'A picture of goods that is going to be uploaded.' })
export class ProductImageUploadInput extends RepeatableInput {
  @IsIn(Object.values(ImageType))
  @Field(() => ImageType, { description: 'What the file is. It is looked at: a false name is refused.' })
  type: ImageType;

  @IsInt()
  @Min(1)
  @Max(UPLOAD_BYTES_MAX)
  @Field(() => Int, { description: 'How many bytes the file has, exactly; the storage takes no more and no fewer.' })
  sizeBytes: number;
}

@InputType({ description: 'A file that is going to be uploaded.' })
export class ImageUploadInput extends ProductImageUploadInput {
  @IsIn(BUYERS_PURPOSES)
  @Field(() => ImagePurpose, { description: 'What it is for; PRODUCT is not for buyers.' })
  purpose: ImagePurpose;
}

@InputType({ description: 'An image that one has uploaded.' })
export class ImageInput {
  @IsId('image')
  @Field(() => ID, { description: 'Which one.' })
  imageId: ImageId;
}

@InputType({ description: 'What is to stand for oneself.' })
export class AvatarSetInput {
  @IsId('image')
  @Field(() => ID, { description: 'A READY image of one’s own for AVATAR.' })
  imageId: ImageId;
}
