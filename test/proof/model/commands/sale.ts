import type { Kind } from '../command.js';
import { isSellable } from '../promises/shelf.js';
import { ask } from './asking.js';

type Turn = 'productsOnSale' | 'productsOffSale' | 'suppliedProductsOffSale';

interface Decision {
  readonly turn: Turn;
  /** Whether it is about what the staff have made, not about what people buy. */
  readonly isShelf: boolean;
}

/** The goods, or what the staff have made, go on sale or off it. What people buy is off sale for short times only. */
export const saleTurn: Kind<Decision> = {
  name: 'saleTurn',
  mutations: ['productsOnSale', 'productsOffSale', 'suppliedProductsOffSale'],
  weight: 3,
  choose: ({ goods, shelf }, dice) => {
    const isShelf = shelf !== null && dice.happens(50);
    const isOn = isShelf ? shelf.isOnSale : goods.isOnSale;
    const off = dice.pick<Turn>('productsOffSale', 'suppliedProductsOffSale');
    return { isShelf, turn: isOn === dice.happens(85) ? off : 'productsOnSale' };
  },
  tell: ({ turn, isShelf }) => `${turn} of ${isShelf ? 'what the staff have made' : 'the goods'}`,
  act: async ({ turn, isShelf }, model, run) => {
    const { goods } = model;
    const shelf = isShelf ? model.shelf : null;
    const isOn = turn === 'productsOnSale';
    const productIds = [shelf?.productId ?? goods.productId];
    const by = turn.startsWith('supplied') ? await run.world.supplier(goods.productId) : await run.world.operator();
    const promised = isOn && shelf && !isSellable(shelf) ? 'ProductWithoutSku' : 'ProductBatch';
    const { type } = await ask(run, by, turn, promised, { productIds, reason: 'a run of the model' });
    if (type !== 'ProductBatch') return `${turn} ${type}`;
    if (shelf && shelf.isOnSale !== isOn) shelf.revision += 1;
    (shelf ?? goods).isOnSale = isOn;
    return `${turn} ${type}`;
  },
};
