import { aPicture } from '../../../media/pictures.js';
import { post, type UploadForm } from '../../../media/uploader.js';
import type { Kind, Run } from '../command.js';
import type { Dice } from '../dice.js';
import { complete, remove, UPLOAD_SECONDS, uploadingBy } from '../promises/images.js';
import type { Model } from '../promises/model.js';
import type { Person, Picture } from '../promises/people.js';
import { ask, newKey, promisedTo, remember } from './asking.js';

const WHOLE = aPicture(60, 40).jpeg().toBuffer();
const TOO_LARGE_BYTES = 3_000_000;
/** More than may be begun at a time. */
const MANY = 21;
/** A server counts a person's steps by the minute of machines, so a run stays far below. */
const PICTURES_MAX = 40;

interface Upload {
  readonly person: Person;
  readonly purpose: Picture['purpose'];
  readonly file: 'whole' | 'torn' | 'too large';
  /** Whether it arrives at the storage. */
  readonly isPosted: boolean;
  readonly times: number;
}

/** Somebody begins to upload a picture, half of one, or too large a file; it arrives or it does not. */
export const imageUpload: Kind<Upload> = {
  name: 'imageUpload',
  mutations: ['imageUpload'],
  weight: 4,
  choose: ({ people }, dice) => {
    const person = dice.oneOf(people.filter(({ album }) => album.pictures.length < PICTURES_MAX));
    if (!person) return null;
    const file = dice.pick<Upload['file']>('whole', 'whole', 'whole', 'torn', 'too large');
    const [isPosted, isMany] = [dice.happens(75), dice.happens(6)];
    const purpose = dice.pick<Picture['purpose']>('AVATAR', 'AVATAR', 'POST', 'AFTER_SALE');
    return { person, purpose, file, isPosted, times: isMany ? MANY : 1 };
  },
  tell: ({ person, purpose, file, isPosted, times }) =>
    `${person.name} uploads ${times} of ${purpose}, ${file}${isPosted ? '' : ', which never arrives'}`,
  act: async ({ times, ...upload }, model, run) => {
    let answer = await begin(upload, model, run);
    for (let more = times - 1; more > 0; more -= 1) answer = await begin({ ...upload, isPosted: false }, model, run);
    return answer;
  },
};

export interface Touch {
  readonly person: Person;
  readonly picture: Picture;
}

/** Somebody says that a file has arrived. */
export const imageUploadComplete: Kind<Touch> = {
  name: 'imageUploadComplete',
  mutations: ['imageUploadComplete'],
  weight: 5,
  choose: (model, dice) => {
    const late = model.pictures.filter(({ status, uploadUntil }) => status !== 'READY' && model.now >= uploadUntil);
    const picture = dice.happens(25) ? dice.oneOf(late) : null;
    return picture ? { picture, person: picture.owner } : touchOf(model, dice, 'PENDING');
  },
  tell: ({ person, picture }) =>
    `${person.name} says that a ${picture.status} picture of ${picture.owner.name} is there`,
  act: (touch, model, run) => send('imageUploadComplete', touch, run, complete.bind(null, model)),
};

/** Somebody deletes a picture. */
export const imageDelete: Kind<Touch> = {
  name: 'imageDelete',
  mutations: ['imageDelete'],
  weight: 2,
  choose: (model, dice) => touchOf(model, dice, null),
  tell: ({ person, picture }) => `${person.name} deletes a ${picture.status} picture of ${picture.owner.name}`,
  act: (touch, _model, run) => send('imageDelete', touch, run, remove),
};

/** Begins an upload, and brings the file if it arrives. */
export async function begin(upload: Omit<Upload, 'times'>, model: Model, run: Run): Promise<string> {
  const { person, purpose, isPosted } = upload;
  const file = await fileOf(upload.file);
  const sizeBytes = upload.file === 'too large' ? TOO_LARGE_BYTES : file.length;
  const phone = run.world.phoneOf(person);
  const promised = promisedTo(person, () => uploadingBy(person, purpose, sizeBytes));
  const input = { purpose, type: 'JPEG', sizeBytes, idempotencyKey: newKey() };
  const answer = await ask(run, phone, 'imageUpload', promised, input);
  if (answer.type !== 'Image') return answer.type;
  const { id, uploadForm } = answer.value as { readonly id: string; readonly uploadForm: UploadForm };
  const arrives = isPosted && upload.file !== 'too large';
  if (arrives) await postSurely(uploadForm, file);
  person.album.pictures.push({
    ...{ owner: person, id, purpose, isPosted: arrives, isWhole: upload.file === 'whole' },
    ...{ uploadUntil: model.now + UPLOAD_SECONDS, status: 'PENDING', isKept: false },
  });
  const other = { sizeBytes: sizeBytes + 1 };
  remember(model, run, { phone, person, mutation: 'imageUpload', input, other, answer });
  return answer.type;
}

async function fileOf(file: Upload['file']): Promise<Buffer> {
  const whole = await WHOLE;
  return file === 'torn' ? whole.subarray(0, whole.length / 2) : whole;
}

async function postSurely(form: UploadForm, file: Buffer): Promise<void> {
  const status = await post(form, file);
  if (status !== '204') throw new Error(`the storage answers ${status}`);
}

/** A picture and, mostly, its owner; mostly one that stands so. */
export function touchOf({ pictures, people }: Model, dice: Dice, status: Picture['status'] | null): Touch | null {
  const meant = pictures.filter((picture) => picture.status === status);
  const picture = dice.happens(30) || meant.length === 0 ? dice.oneOf(pictures) : dice.oneOf(meant);
  return picture && { picture, person: dice.happens(10) ? dice.pick(picture.owner, ...people) : picture.owner };
}

/** Does something about a picture. */
export async function send(
  mutation: string,
  { person, picture }: Touch,
  run: Run,
  promise: (picture: Picture, by: Person) => string,
): Promise<string> {
  const promised = promisedTo(person, () => promise(picture, person));
  return (await ask(run, run.world.phoneOf(person), mutation, promised, { imageId: picture.id })).type;
}
