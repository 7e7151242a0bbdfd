import { Injectable } from '@nestjs/common';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { CleaningService } from './cleaning.service.js';
import { endOverdueImages, processImage, removeImageObjects, sweepOriginals } from './image.jobs.js';
import { ImagesService } from './images.service.js';
import { ProcessingService } from './processing.service.js';

/** What the clock and uploads ask of media. */
@Injectable()
export class ImagesWorker {
  constructor(
    private readonly processing: ProcessingService,
    private readonly images: ImagesService,
    private readonly cleaning: CleaningService,
  ) {}

  @Handles(processImage)
  async process({ imageId }: ArgsOf<typeof processImage>, claim: JobClaim): Promise<Outcome> {
    await this.processing.process(imageId, claim);
    return 'done';
  }

  @Handles(removeImageObjects)
  async clean({ imageId }: ArgsOf<typeof removeImageObjects>): Promise<Outcome> {
    await this.cleaning.clean(imageId);
    return 'done';
  }

  @Handles(endOverdueImages)
  async endOverdue(): Promise<Outcome> {
    await this.images.endOverdue();
    return 'done';
  }

  @Handles(sweepOriginals)
  async sweep(): Promise<Outcome> {
    await this.cleaning.sweepOriginals();
    return 'done';
  }
}
