import { UseInterceptors } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { IdPipe, RefusalsAsResults } from '#common';
import { Allow, CurrentStaff, type StaffViewer } from '#identity';
import { Image, type ImageId } from './image.entity.js';
import { ImageInput, ProductImageUploadInput } from './image.inputs.js';
import { ImageUploadCompleteResult, ImageUploadResult } from './image.refusals.js';
import { ImagesService } from './images.service.js';
import { UploadsService } from './uploads.service.js';

/** The door for pictures of goods: uploaded as buyers' are, by the staff. */
@Resolver(() => Image)
@UseInterceptors(RefusalsAsResults)
export class ProductImagesResolver {
  constructor(
    private readonly images: ImagesService,
    private readonly uploads: UploadsService,
  ) {}

  @Allow('CATALOG')
  @Query(() => Image, { description: 'A picture of goods that one of the staff has uploaded. For CATALOG.' })
  productImage(
    @Args('id', { type: () => ID, description: 'Which one.' }, new IdPipe('image')) id: ImageId,
  ): Promise<Image> {
    return this.images.ofProducts(id);
  }

  @Allow('CATALOG')
  @Mutation(() => ImageUploadResult, {
    description:
      'Begin to upload a picture of goods: post the file with `uploadForm` of the answer, then call `productImageUploadComplete`. For CATALOG.',
  })
  productImageUpload(
    @CurrentStaff() { id }: StaffViewer,
    @Args('input', { description: 'What the file is.' }) input: ProductImageUploadInput,
  ): Promise<Image> {
    return this.uploads.start(id, { ...input, purpose: 'PRODUCT' });
  }

  @Allow('CATALOG')
  @Mutation(() => ImageUploadCompleteResult, {
    description:
      'Say that the file has been posted. It is looked at within seconds; ask `productImage` until it is not PROCESSING. For CATALOG.',
  })
  productImageUploadComplete(
    @CurrentStaff() { id }: StaffViewer,
    @Args('input', { description: 'Of which picture.' }) { imageId }: ImageInput,
  ): Promise<Image> {
    return this.uploads.complete(id, imageId);
  }
}
