import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type ApiContext, type Load, Loader, Refusal } from '#common';
import { type Caller, MaybeCaller } from '#identity';
import { Image, type ImageId } from './image.entity.js';
import { ImageUrls } from './image-urls.js';
import { ImageFormat, type ImageRendition } from './image-rendition.entity.js';
import { ImageUploadForm } from './image-upload-form.js';
import { renditionKey } from './image.keys.js';
import { renditionsOfImage } from './image.loaders.js';
import { refusalOf } from './image.refusals.js';
import { nearestWidth } from './image.rules.js';
import { UploadsService } from './uploads.service.js';

/** What an image shows beyond its own columns. */
@Resolver(() => Image)
export class ImageFieldsResolver {
  constructor(
    private readonly uploads: UploadsService,
    private readonly urls: ImageUrls,
  ) {}

  @ResolveField(() => String, {
    nullable: true,
    description:
      'Where to fetch it: the narrowest that is at least as wide as asked, else the widest; null until it is READY.',
  })
  async url(
    @Parent() { id, status }: Image,
    @Args('width', { type: () => Int, description: 'How many pixels wide it is shown.' }) asked: number,
    @Args('format', { type: () => ImageFormat, defaultValue: 'WEBP', description: 'In which format.' })
    format: ImageFormat,
    @Loader(renditionsOfImage) load: Load<ImageId, ImageRendition[]>,
  ): Promise<string | null> {
    if (status !== 'READY') return null;
    const made = (await load(id)).filter((rendition) => rendition.format === format);
    const width = nearestWidth(
      made.map((rendition) => rendition.width),
      asked,
    );
    return width === null ? null : this.urls.urlOf(renditionKey({ imageId: id, width, format }));
  }

  @ResolveField(() => ImageUploadForm, {
    nullable: true,
    description: 'How whoever has begun it uploads the file; null once it is over.',
  })
  uploadForm(@Parent() image: Image, @MaybeCaller() caller: Caller | null): ImageUploadForm | null {
    const form = caller?.id === (image.ownerId ?? image.staffId) ? this.uploads.formOf(image) : null;
    return form && ImageUploadForm.of(form, image.uploadUntil);
  }

  @ResolveField(() => Refusal, { nullable: true, description: 'Why it is REFUSED; null if it is not.' })
  whyRefused(@Parent() { problem }: Image, @Context() { language }: ApiContext): Refusal | null {
    return problem && refusalOf(problem).speak(language);
  }
}
