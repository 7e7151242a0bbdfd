import { Module } from '@nestjs/common';
import { AvatarsResolver } from './avatars.resolver.js';
import { AvatarsService } from './avatars.service.js';
import { CleaningService } from './cleaning.service.js';
import { CdnUrls, ImageUrls } from './image-urls.js';
import { ImageFieldsResolver } from './image.fields.resolver.js';
import { ImagesResolver } from './images.resolver.js';
import { ImagesService } from './images.service.js';
import { ImagesWorker } from './images.worker.js';
import { ProcessingService } from './processing.service.js';
import { MediaPersonalData } from './media.personal-data.js';
import { ProductImagesResolver } from './product-images.resolver.js';
import { ObjectStorage } from './storage/object-storage.js';
import { S3Storage } from './storage/s3.storage.js';
import { UploadLimits } from './upload-limits.js';
import { UploadsService } from './uploads.service.js';

/** Pictures that are safe to show: uploaded past us into the storage, looked at by a worker, and made anew. */
@Module({
  providers: [
    { provide: ObjectStorage, useClass: S3Storage },
    { provide: ImageUrls, useClass: CdnUrls },
    ...[UploadLimits, UploadsService, ImagesService, ProcessingService, CleaningService, AvatarsService],
    ...[ImagesResolver, ImageFieldsResolver, AvatarsResolver, ProductImagesResolver, ImagesWorker, MediaPersonalData],
  ],
  exports: [ImagesService, ImageUrls, ObjectStorage],
})
export class MediaModule {}
