import { defineJob } from '#jobs';
import type { ImageId } from './image.entity.js';

/** A storage that is down is asked for seven hours. A file that kills the worker is given up after as many attempts. */
const OUTAGE = { attemptsMax: 12, retrySeconds: [1, 4, 15, 60, 300, 900, 1_800, 3_600] };

/** Looks at an uploaded file and makes what is shown. */
export const processImage = defineJob<{ imageId: ImageId }>('media.processImage', OUTAGE);

/** Removes from the storage what an image does not need any more. */
export const removeImageObjects = defineJob<{ imageId: ImageId }>('media.removeImageObjects', OUTAGE);

/** Scheduled: ends uploads and processing that nobody goes on with. */
export const endOverdueImages = defineJob<Record<string, never>>('media.endOverdueImages');

/** Scheduled: finds files that no image waits for, and removes them. */
export const sweepOriginals = defineJob<Record<string, never>>('media.sweepOriginals');
