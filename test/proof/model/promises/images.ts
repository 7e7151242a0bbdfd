import type { Model } from './model.js';
import type { Person, Picture } from './people.js';

/** docs/API.md: how long the storage takes a file, and how much longer the shop waits for the word of it. */
export const UPLOAD_SECONDS = 900;
const GRACE_SECONDS = 300;
const AVATAR_BYTES_MAX = 2_097_152;
const OPEN_UPLOADS_MAX = 20;

/** What beginning an upload is answered with. */
export function uploadingBy({ album: { pictures } }: Person, purpose: Picture['purpose'], sizeBytes: number): string {
  if (purpose === 'AVATAR' && sizeBytes > AVATAR_BYTES_MAX) return 'ImageTooLarge';
  const open = pictures.filter(({ status }) => status === 'PENDING' || status === 'PROCESSING');
  return open.length >= OPEN_UPLOADS_MAX ? 'TooManyOpenUploads' : 'Image';
}

/** What saying that a file has arrived is answered with; if it has, work looks at it. */
export function complete(model: Model, picture: Picture, by: Person): string {
  const { owner, status, isPosted, isWhole, uploadUntil } = picture;
  if (owner !== by || status === 'DELETED') return 'NOT_FOUND';
  if (status === 'EXPIRED') return 'UploadWindowOver';
  if (status !== 'PENDING') return 'Image';
  if (!isPosted) return model.now < uploadUntil ? 'ImageNotUploaded' : 'UploadWindowOver';
  picture.status = 'PROCESSING';
  model.later(null, () => {
    if (picture.status === 'PROCESSING') picture.status = isWhole ? 'READY' : 'REFUSED';
  });
  return 'Image';
}

/** What deleting is answered with; what has ended stays as it is. */
export function remove(picture: Picture, by: Person): string {
  const { owner, status, isKept } = picture;
  if (owner !== by) return 'NOT_FOUND';
  if (isKept) return 'CONFLICT';
  if (status === 'REFUSED' || status === 'EXPIRED') return 'Image';
  picture.status = 'DELETED';
  if (owner.album.avatar === picture) owner.album.avatar = null;
  return 'Image';
}

/** What letting a picture stand for oneself is answered with. */
export function show(picture: Picture, by: Person): string {
  const { owner, status, purpose } = picture;
  if (owner !== by) return 'NOT_FOUND';
  if (status !== 'READY' || purpose !== 'AVATAR') return 'ImageNotUsable';
  owner.album.avatar = picture;
  return 'User';
}

/** What the clock does about uploads that nobody goes on with. */
export function endOverdue({ pictures, now }: Model): void {
  for (const picture of pictures)
    if (picture.status === 'PENDING' && now >= picture.uploadUntil + GRACE_SECONDS) picture.status = 'EXPIRED';
}
