import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, IsNull } from 'typeorm';
import { type Decision, Refused, Transactor } from '#common';
import { CategoriesService } from '../categories/categories.service.js';
import { Category, type CategoryId } from '../categories/category.entity.js';
import { CategoryNameTaken } from '../categories/category.refusals.js';
import { SuppliersService } from '../suppliers/suppliers.service.js';
import type { CatalogImportId } from './catalog-import.entity.js';
import { missingCategories, missingSuppliers } from './missing.queries.js';

/** Makes the suppliers and categories that an import names and the shop lacks. Again changes nothing. */
@Injectable()
export class MakingService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly suppliers: SuppliersService,
    private readonly categories: CategoriesService,
  ) {}

  async make(id: CatalogImportId, decision: Decision): Promise<void> {
    await this.transactor.run(async (db) => {
      const names = await missingSuppliers(db, id);
      if (names.length > 0) await this.suppliers.idsByName(db, new Set(names));
    });
    for (const names of await missingCategories(this.source.manager, id)) await this.#makeCategory(names, decision);
  }

  /** Those above it are there already. */
  async #makeCategory(names: readonly string[], decision: Decision): Promise<void> {
    const db = this.source.manager;
    const parentId = await categoryAt(db, names.slice(0, -1));
    const nameZh = names.at(-1) ?? '';
    const position = await db.countBy(Category, { parentId: parentId ?? IsNull() });
    try {
      await this.categories.add({ ...decision, parentId, nameZh, nameEn: nameZh, position, isShown: true });
    } catch (error) {
      // Somebody else was first, or large and small letters are the same to the shop: then it is there.
      if (!(error instanceof Refused && error.refusal instanceof CategoryNameTaken)) throw error;
    }
  }
}

/** The category to which some names lead from the top; null for the top. */
async function categoryAt(db: EntityManager, names: readonly string[]): Promise<CategoryId | null> {
  let id: CategoryId | null = null;
  for (const nameZh of names) ({ id } = await db.findOneByOrFail(Category, { nameZh, parentId: id ?? IsNull() }));
  return id;
}
