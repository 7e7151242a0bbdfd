import type { Kind } from '../command.js';
import { complete, show } from '../promises/images.js';
import type { Person } from '../promises/people.js';
import { begin, send, type Touch, touchOf } from './images.js';
import { workEverything } from './machinery.js';

/** Somebody lets a picture stand for oneself. */
export const avatarSet: Kind<Touch> = {
  name: 'avatarSet',
  mutations: ['avatarSet'],
  weight: 4,
  choose: (model, dice) => touchOf(model, dice, 'READY'),
  tell: ({ person, picture }) => `${person.name} shows a ${picture.status} picture of ${picture.owner.name}`,
  act: (touch, _model, run) => send('avatarSet', touch, run, show),
};

/** Somebody uploads a picture and shows it, without doing anything else meanwhile. */
export const avatarNew: Kind<Person> = {
  name: 'new avatar',
  mutations: ['imageUpload', 'imageUploadComplete', 'avatarSet'],
  weight: 2,
  choose: ({ people }, dice) => dice.oneOf(people),
  tell: ({ name }) => `${name} uploads a picture and shows it`,
  act: async (person, model, run) => {
    const begun = await begin({ person, purpose: 'AVATAR', file: 'whole', isPosted: true }, model, run);
    if (begun !== 'Image') return begun;
    const touch: Touch = { person, picture: person.album.pictures.at(-1)! };
    await send('imageUploadComplete', touch, run, complete.bind(null, model));
    await workEverything.act(false, model, run);
    return send('avatarSet', touch, run, show);
  },
};
