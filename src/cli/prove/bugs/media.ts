import type { SeededBug } from '../bug.js';

const REFUSED_FILES = 'test/media/refused-files.test.ts';
const UPLOADS = 'test/media/uploads.test.ts';
const ENDS = 'test/media/ends.test.ts';

export const MEDIA: readonly SeededBug[] = [
  {
    name: 'a file is taken for what it is called',
    file: 'src/media/picture.ts',
    search: "if (typeOfBytes(bytes) !== type) throw new PictureRefused('MISMATCHED');",
    replace: '',
    caughtBy: { file: REFUSED_FILES, test: 'a JPEG that is called a PNG' },
  },
  {
    name: 'half a file is shown as if it were whole',
    file: 'src/media/picture.ts',
    search: "failOn: 'error'",
    replace: "failOn: 'none'",
    caughtBy: { file: REFUSED_FILES, test: 'a JPEG that was cut short' },
  },
  {
    name: 'a picture keeps lying on its side',
    file: 'src/media/picture.ts',
    search: '.autoOrient()',
    replace: '',
    caughtBy: { file: UPLOADS, test: 'is fetched by anybody who knows the address' },
  },
  {
    name: 'a form takes a file of any size up to what was promised',
    file: 'src/media/storage/post-policy.ts',
    search: "['content-length-range', sizeBytes, sizeBytes]",
    replace: "['content-length-range', 1, sizeBytes]",
    caughtBy: { file: REFUSED_FILES, test: 'and not a byte more or less' },
  },
  {
    name: 'the original stays in the storage after it has been read',
    file: 'src/media/cleaning.service.ts',
    search: "if (hasEnded || image.status === 'READY') await",
    replace: 'if (hasEnded) await',
    caughtBy: { file: UPLOADS, test: 'is kept in the widths of its purpose' },
  },
  {
    name: 'uploads are counted without the person’s lock',
    file: 'src/media/uploads.service.ts',
    search: '  await lockUploader(db, uploaderId);\n',
    replace: '',
    caughtBy: { file: ENDS, test: 'may have twenty uploads open at a time' },
  },
  {
    name: 'anybody’s image can be finished, deleted and worn',
    file: 'src/media/image.queries.ts',
    search: "if (!image || (image.ownerId ?? image.staffId) !== uploaderId) throw notFound('input.imageId');",
    replace: "if (!image) throw notFound('input.imageId');",
    caughtBy: { file: UPLOADS, test: 'is alone with it' },
  },
  {
    name: 'what was deleted while it was being processed stays in the storage',
    file: 'src/media/processing.service.ts',
    search: `      // The original; or, if it was deleted meanwhile, what we have just stored.
      await this.jobs.enqueue(db, removeImageObjects, { imageId: id });`,
    replace: "      if (image?.status === 'READY') await this.jobs.enqueue(db, removeImageObjects, { imageId: id });",
    caughtBy: { file: 'test/media/outage.test.ts', test: 'that is deleted while it is being stored' },
  },
  {
    name: 'what was deleted stays in the storage if its worker has overslept',
    file: 'src/media/processing.service.ts',
    search: 'if (error instanceof LeaseLost) await this.jobs',
    replace: 'if (error === null) await this.jobs',
    caughtBy: { file: 'test/media/outage.test.ts', test: 'whose worker has overslept its lease' },
  },
  {
    name: 'an image that was uploaded for something else becomes an avatar',
    file: 'src/media/avatars.service.ts',
    search: " || purpose !== 'AVATAR'",
    replace: '',
    caughtBy: { file: ENDS, test: 'an avatar is a READY image' },
  },
];
