import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { TooManyAttempts, User } from '#identity';
import { Image, type ImageProblem } from './image.entity.js';
import { FRAMES_MAX, PIXELS_MAX, SIDE_MAX } from './image.limits.js';

@ObjectType({ implements: () => Refusal, description: 'The file is larger than its purpose allows.' })
export class ImageTooLarge extends Refusal {
  @Field(() => Int, { description: 'How many bytes it may have.' })
  readonly bytesMax: number;

  constructor(bytesMax: number) {
    super({ zh: '图片文件过大，请压缩后再上传。', en: 'The image is too large. Please compress it first.' });
    this.bytesMax = bytesMax;
  }
}

@ObjectType({ implements: () => Refusal, description: 'Too many uploads have been begun and not finished.' })
export class TooManyOpenUploads extends Refusal {
  @Field(() => Int, { description: 'How many one may have at a time.' })
  readonly uploadsMax: number;

  constructor(uploadsMax: number) {
    super({
      zh: `最多同时上传${uploadsMax}张图片，请稍后再试。`,
      en: `You can upload at most ${uploadsMax} images at a time. Please wait a moment.`,
    });
    this.uploadsMax = uploadsMax;
  }
}

@ObjectType({ implements: () => Refusal, description: 'Nobody can begin more uploads within a day.' })
export class TooManyUploads extends Refusal {
  @Field(() => Int, { description: 'How many one may begin within 24 hours.' })
  readonly uploadsMax: number;

  constructor(uploadsMax: number) {
    super({
      zh: `一天最多上传${uploadsMax}张图片，请明天再试。`,
      en: `You can upload at most ${uploadsMax} images a day. Please try again tomorrow.`,
    });
    this.uploadsMax = uploadsMax;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'The storage has no such file (yet); post it and report it again.',
})
export class ImageNotUploaded extends Refusal {
  constructor() {
    super({ zh: '图片尚未上传完成，请重新上传。', en: 'The image has not arrived yet. Please upload it again.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'The time to upload is over; begin again.' })
export class UploadWindowOver extends Refusal {
  constructor() {
    super({ zh: '上传时间已过，请重新选择图片。', en: 'The time to upload is over. Please choose the image again.' });
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'Only a READY image of one’s own, uploaded for that purpose, can be used.',
})
export class ImageNotUsable extends Refusal {
  constructor() {
    super({ zh: '这张图片不能用于此处。', en: 'This image cannot be used here.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'The file is not what was promised: another type or size.' })
export class ImageMismatched extends Refusal {
  constructor() {
    super({ zh: '图片文件与声明的格式或大小不符。', en: 'The file is not of the type or size that was declared.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'The file cannot be read to its end as an image.' })
export class ImageUnreadable extends Refusal {
  constructor() {
    super({ zh: '图片已损坏，请换一张。', en: 'The image is damaged. Please choose another one.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'The picture has more pixels than we decode.' })
export class ImageTooManyPixels extends Refusal {
  @Field(() => Int, { description: 'How many pixels it may have in all.' })
  readonly pixelsMax: number = PIXELS_MAX;

  @Field(() => Int, { description: 'How many pixels wide and high it may be.' })
  readonly sideMax: number = SIDE_MAX;

  constructor() {
    super({ zh: '图片尺寸过大，请缩小后再上传。', en: 'The picture has too many pixels. Please make it smaller.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'The animation has more frames than we take.' })
export class ImageTooManyFrames extends Refusal {
  @Field(() => Int, { description: 'How many frames it may have.' })
  readonly framesMax: number = FRAMES_MAX;

  constructor() {
    super({ zh: '动图帧数过多，请换一张。', en: 'The animation has too many frames. Please choose another one.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'It could not be processed; the file may be fine.' })
export class ImageUnprocessed extends Refusal {
  constructor() {
    super({ zh: '图片处理失败，请重新上传。', en: 'The image could not be processed. Please upload it again.' });
  }
}

const OF_PROBLEMS: Readonly<Record<ImageProblem, new () => Refusal>> = {
  MISMATCHED: ImageMismatched,
  UNREADABLE: ImageUnreadable,
  TOO_MANY_PIXELS: ImageTooManyPixels,
  TOO_MANY_FRAMES: ImageTooManyFrames,
  UNPROCESSED: ImageUnprocessed,
};

/** A problem in words. */
export function refusalOf(problem: ImageProblem): Refusal {
  return new OF_PROBLEMS[problem]();
}

export const ImageUploadResult = createUnionType({
  name: 'ImageUploadResult',
  description: 'An image whose file can be uploaded, or why not.',
  types: () => [Image, ImageTooLarge, TooManyOpenUploads, TooManyUploads, TooManyAttempts] as const,
});

export const ImageUploadCompleteResult = createUnionType({
  name: 'ImageUploadCompleteResult',
  description: 'The image, which is now looked at, or why not.',
  types: () => [Image, ImageNotUploaded, UploadWindowOver, TooManyAttempts] as const,
});

export const AvatarSetResult = createUnionType({
  name: 'AvatarSetResult',
  description: 'Oneself, with the new avatar, or why not.',
  types: () => [User, ImageNotUsable] as const,
});
