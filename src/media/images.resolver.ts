import { UseInterceptors } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { connectionOf, IdPipe, type Page, PageArgs, RefusalsAsResults } from '#common';
import { Allow, CurrentViewer, type Viewer } from '#identity';
import { Image, type ImageId } from './image.entity.js';
import { ImageInput, ImageUploadInput } from './image.inputs.js';
import { ImageUploadCompleteResult, ImageUploadResult } from './image.refusals.js';
import { ImagesService } from './images.service.js';
import { UploadsService } from './uploads.service.js';

const ImageConnection = connectionOf(Image);

@Resolver(() => Image)
@UseInterceptors(RefusalsAsResults)
export class ImagesResolver {
  constructor(
    private readonly service: ImagesService,
    private readonly uploads: UploadsService,
  ) {}

  @Allow('BUYER')
  @Query(() => Image, { description: 'An image that one has uploaded.' })
  image(
    @CurrentViewer() { id: viewerId }: Viewer,
    @Args('id', { type: () => ID, description: 'Which one.' }, new IdPipe('image')) id: ImageId,
  ): Promise<Image> {
    return this.service.own(viewerId, id);
  }

  @Allow('BUYER')
  @Query(() => ImageConnection, { description: 'What one has uploaded and not deleted, newest first.' })
  images(@CurrentViewer() { id }: Viewer, @Args() page: PageArgs): Promise<Page<Image>> {
    return this.service.ownedBy(id, page);
  }

  @Allow('BUYER')
  @Mutation(() => ImageUploadResult, {
    description: 'Begin an upload: post the file with `uploadForm` of the answer, then call `imageUploadComplete`.',
  })
  imageUpload(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'What the file is.' }) input: ImageUploadInput,
  ): Promise<Image> {
    return this.uploads.start(viewer.id, input);
  }

  @Allow('BUYER')
  @Mutation(() => ImageUploadCompleteResult, {
    description:
      'Say that the file has been posted. It is looked at within seconds; ask `image` until it is not PROCESSING.',
  })
  imageUploadComplete(
    @CurrentViewer() viewer: Viewer,
    @Args('input', { description: 'Of which image.' }) { imageId }: ImageInput,
  ): Promise<Image> {
    return this.uploads.complete(viewer.id, imageId);
  }

  @Allow('BUYER')
  @Mutation(() => Image, {
    description:
      'Delete an image, wherever it is used; caches may show it for another day. Repeating it changes nothing.',
  })
  imageDelete(
    @CurrentViewer() { id }: Viewer,
    @Args('input', { description: 'Which one.' }) { imageId }: ImageInput,
  ): Promise<Image> {
    return this.service.delete(id, imageId);
  }
}
