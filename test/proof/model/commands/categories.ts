import type { Kind } from '../command.js';
import type { Dice } from '../dice.js';
import type { Model } from '../promises/model.js';
import { type ModelCategory, placing } from '../promises/shelf.js';
import { ask, newKey } from './asking.js';

const REASON = 'a run of the model';

interface Place {
  /** Null for a new one. */
  readonly category: ModelCategory | null;
  readonly parent: ModelCategory | null;
  /** Whose name it is to have; null for one of its own. */
  readonly namesake: ModelCategory | null;
}

/** An operator makes a category. */
export const categoryAdd: Kind<Place> = {
  name: 'categoryAdd',
  mutations: ['categoryAdd'],
  weight: 2,
  choose: (model, dice) => (model.categories.length < 5 ? placeBy(model, dice, null) : null),
  tell: ({ parent }) => `an operator makes a category ${parent ? 'below another' : 'at the top'}`,
  act: async (place, model, run) => {
    const name = nameOf(place);
    const promised = placing(model.categories, null, { name, parent: place.parent });
    const { type, value } = await ask(run, await run.world.operator(), 'categoryAdd', promised, inputOf(place, name));
    if (type === 'Category') model.categories.push({ id: String(value['id']), name, parent: place.parent });
    return type;
  },
};

/** An operator gives a category another name or place. */
export const categoryChange: Kind<Place> = {
  name: 'categoryChange',
  mutations: ['categoryChange'],
  weight: 2,
  choose: (model, dice) => {
    const category = dice.oneOf(model.categories);
    return category && placeBy(model, dice, category);
  },
  tell: ({ parent }) => `an operator moves a category ${parent ? 'below another' : 'to the top'}`,
  act: async (place, model, run) => {
    const [name, { parent, category }] = [nameOf(place), place];
    const promised = placing(model.categories, category, { name, parent });
    const input = { ...inputOf(place, name), categoryId: category?.id };
    const { type } = await ask(run, await run.world.operator(), 'categoryChange', promised, input);
    if (type === 'Category' && category) Object.assign(category, { name, parent });
    return type;
  },
};

/** An operator removes a category, in which others may stand. */
export const categoryRemove: Kind<ModelCategory> = {
  name: 'categoryRemove',
  mutations: ['categoryRemove'],
  weight: 1,
  choose: ({ categories }, dice) => dice.oneOf(categories),
  tell: () => 'an operator removes a category',
  act: async (category, model, run) => {
    const isFull = model.categories.some(({ parent }) => parent === category);
    const promised = isFull ? 'CategoryNotEmpty' : 'Category';
    const input = { categoryId: category.id, reason: REASON };
    const { type } = await ask(run, await run.world.operator(), 'categoryRemove', promised, input);
    if (type === 'Category') model.categories = model.categories.filter((each) => each !== category);
    return type;
  },
};

function placeBy({ categories }: Model, dice: Dice, category: ModelCategory | null): Place {
  const parent = dice.happens(70) ? dice.oneOf(categories) : null;
  return { category, parent, namesake: dice.happens(30) ? dice.oneOf(categories) : null };
}

function nameOf({ namesake }: Place): string {
  return namesake?.name ?? newKey().slice(0, 30);
}

function inputOf({ parent }: Place, nameZh: string): object {
  return { parentId: parent?.id ?? null, nameZh, nameEn: 'one', position: 1, isShown: true, reason: REASON };
}
