import { In } from 'typeorm';
import { defineLoader, groupInOrder, oneInOrder } from '#common';
import { Category, type CategoryId } from './category.entity.js';
import { inOrder } from './category.rules.js';

export const categoryById = defineLoader(async (db, ids: readonly CategoryId[]) =>
  oneInOrder(ids, await db.findBy(Category, { id: In(ids) }), ({ id }) => id),
);

/** What buyers are shown below each category. */
export const shownBelow = defineLoader(async (db, ids: readonly CategoryId[]) => {
  const children = await db.findBy(Category, { parentId: In(ids), isShown: true });
  return groupInOrder(ids, inOrder(children), ({ parentId }) => parentId);
});
