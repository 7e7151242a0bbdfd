export { Avatar } from './avatar.entity.js';
export { CleaningService } from './cleaning.service.js';
export { Image, type ImageId } from './image.entity.js';
export { ImageRendition } from './image-rendition.entity.js';
export { endOverdueImages, sweepOriginals } from './image.jobs.js';
export { imageLife } from './image.rules.js';
export { ImagesService } from './images.service.js';
export { MediaModule } from './media.module.js';
export { ObjectStorage, StorageError } from './storage/object-storage.js';
