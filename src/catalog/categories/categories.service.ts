import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull } from 'typeorm';
import {
  AuditTrail,
  type Decision,
  type Facts,
  idBytes,
  idFromBytes,
  isDuplicate,
  newId,
  notFound,
  refuse,
  Transactor,
} from '#common';
import { Product } from '../products/product.entity.js';
import { categoryAdded, categoryChanged, categoryRemoved } from './category.acts.js';
import { Category, type CategoryId } from './category.entity.js';
import { CATEGORIES_MAX } from './category.limits.js';
import { CategoryNameTaken, CategoryNotEmpty, TooManyCategories } from './category.refusals.js';
import { inOrder, whyNotUnder } from './category.rules.js';

export interface NewCategory extends Decision {
  readonly parentId?: CategoryId | null;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly position: number;
  readonly isShown: boolean;
}

/** The tree of categories. Whoever changes it locks all of it: it is small, and a rule about a tree needs the whole of it. */
@Injectable()
export class CategoriesService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly trail: AuditTrail,
  ) {}

  /** What buyers are shown at the top of the tree, in order. */
  async shownAtTop(): Promise<Category[]> {
    return inOrder(await this.source.manager.findBy(Category, { parentId: IsNull(), isShown: true }));
  }

  /** Every category, shown or not, in order; children after their parents’ neighbours. */
  async all(): Promise<Category[]> {
    return inOrder(await this.source.manager.find(Category));
  }

  /** A category and all below it. */
  async within(id: CategoryId): Promise<CategoryId[]> {
    const rows = await this.source.query<{ readonly id: Buffer }[]>(
      `SELECT id FROM category WHERE id = ? OR parent_id = ?
       UNION SELECT child.id FROM category AS child JOIN category AS parent ON parent.id = child.parent_id WHERE parent.parent_id = ?`,
      [idBytes(id), idBytes(id), idBytes(id)],
    );
    return rows.map((row) => idFromBytes('category', row.id));
  }

  /**
   * Makes a category.
   *
   * @throws Refused with TooManyCategories, CategoryTooDeep or CategoryNameTaken; RequestError NOT_FOUND
   */
  add({ by, reason, parentId = null, ...said }: NewCategory): Promise<Category> {
    return this.transactor.run(async (db) => {
      const tree = await lockTree(db);
      if (tree.length >= CATEGORIES_MAX) refuse(new TooManyCategories());
      judge(tree, null, parentId);
      const category = db.create(Category, { id: newId('category'), parentId, ...said });
      await orNameTaken(() => db.insert(Category, category));
      await this.trail.record(db, categoryAdded, {
        ...{ subject: category.id, before: {}, after: factsOf(category) },
        ...{ by, reason },
      });
      return category;
    });
  }

  /**
   * Gives a category other names and another place, with all that is in it and below it.
   *
   * @throws Refused with CategoryTooDeep or CategoryNameTaken; RequestError NOT_FOUND
   */
  change(
    id: CategoryId,
    { by, reason, parentId = null, nameZh, nameEn, position, isShown }: NewCategory,
  ): Promise<Category> {
    return this.transactor.run(async (db) => {
      const tree = await lockTree(db);
      const before = oneOf(tree, id);
      judge(tree, id, parentId);
      const said = { parentId, nameZh, nameEn, position, isShown };
      await orNameTaken(() => db.update(Category, { id }, said));
      const category = db.create(Category, { ...before, ...said });
      await this.trail.record(db, categoryChanged, {
        ...{ subject: id, before: factsOf(before), after: factsOf(category) },
        ...{ by, reason },
      });
      return category;
    });
  }

  /**
   * Removes a category in which nothing stands.
   *
   * @returns what it was
   * @throws Refused with CategoryNotEmpty; RequestError NOT_FOUND
   */
  remove(id: CategoryId, { by, reason }: Decision): Promise<Category> {
    return this.transactor.run(async (db) => {
      const tree = await lockTree(db);
      const category = oneOf(tree, id);
      // Whoever puts a product into it holds its row, shared, by the foreign key: so nobody does until we are done.
      const isEmpty =
        !tree.some(({ parentId }) => parentId === id) && !(await db.existsBy(Product, { categoryId: id }));
      if (!isEmpty) refuse(new CategoryNotEmpty());
      await db.delete(Category, { id });
      await this.trail.record(db, categoryRemoved, {
        ...{ subject: id, before: factsOf(category), after: { isRemoved: true } },
        ...{ by, reason },
      });
      return category;
    });
  }

  /** The categories at the top that have these Chinese names, as part of the caller's transaction; made, with the English ones, when first named. */
  async idsByName(db: EntityManager, names: ReadonlyMap<string, string>): Promise<Map<string, CategoryId>> {
    const known = await db.findBy(Category, { nameZh: In([...names.keys()]), parentId: IsNull() });
    const missing = [...names].filter(([name]) => !known.some(({ nameZh }) => nameZh === name));
    const made = missing.map(([nameZh, nameEn], index) =>
      db.create(Category, {
        ...{ id: newId('category'), parentId: null, nameZh, nameEn },
        ...{ position: known.length + index, isShown: true },
      }),
    );
    if (made.length > 0) await db.insert(Category, made);
    return new Map([...known, ...made].map(({ nameZh, id }) => [nameZh, id]));
  }
}

/** Whether there is such a category; if so nobody removes it before the caller's transaction ends. Many may hold it at once. */
export async function holdCategory(db: EntityManager, id: CategoryId): Promise<boolean> {
  // The words that both MariaDB and MySQL know.
  const held = await db.query<unknown[]>('SELECT id FROM category WHERE id = ? LOCK IN SHARE MODE', [idBytes(id)]);
  return held.length > 0;
}

function lockTree(db: EntityManager): Promise<Category[]> {
  return db.find(Category, { order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
}

function oneOf(tree: readonly Category[], id: CategoryId): Category {
  const category = tree.find((each) => each.id === id);
  if (!category) throw notFound('input.categoryId');
  return category;
}

function judge(tree: readonly Category[], id: CategoryId | null, parentId: CategoryId | null): void {
  if (parentId !== null && !tree.some((each) => each.id === parentId)) throw notFound('input.parentId');
  const why = whyNotUnder(tree, id, parentId);
  if (why) refuse(why);
}

/** Only the name is unique among neighbours. */
async function orNameTaken(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (isDuplicate(error)) refuse(new CategoryNameTaken());
    throw error;
  }
}

function factsOf({ parentId, nameZh, nameEn, position, isShown }: Category): Facts {
  return { parentId, nameZh, nameEn, position, isShown };
}
