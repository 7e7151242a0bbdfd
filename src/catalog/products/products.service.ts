import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditTrail, badInput, type FieldMistake, Idempotency, notFound, refuse } from '#common';
import type { StaffId } from '#identity';
import { ImagesService } from '#media';
import { holdCategory } from '../categories/categories.service.js';
import { Supplier } from '../suppliers/supplier.entity.js';
import { isCombination, mistakesInOptions } from './option.rules.js';
import { productAdded, productChanged } from './product.acts.js';
import { Product } from './product.entity.js';
import { imageIdsOf, showImages } from './product-images.js';
import type { ProductAddInput, ProductChangeInput } from './product.inputs.js';
import { OptionInUse } from './product.refusals.js';
import { factsOfProduct, lockRevision } from './product-revision.js';
import { Sku } from './sku.entity.js';

type Contents = Omit<ProductAddInput, 'supplierId' | 'idempotencyKey' | 'reason'>;

/** What products say of themselves. Nobody deletes one: it goes off sale. */
@Injectable()
export class ProductsService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly images: ImagesService,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Makes a product that is not on sale and has no SKU yet, once for each attempt of an operator.
   *
   * @throws RequestError that names what makes no sense or is not there; Refused with ImageNotUsable
   */
  addOnce(by: StaffId, input: ProductAddInput): Promise<Product> {
    const { supplierId, imageIds, reason, idempotencyKey: key } = input;
    return this.idempotency.once(Product, { actorId: by, key, input }, async (db, id) => {
      if (!(await db.existsBy(Supplier, { id: supplierId }))) throw notFound('input.supplierId');
      const contents = await judged(db, input);
      const product = db.create(Product, { id, supplierId, status: 'OFF_SALE', revision: 1, ...contents });
      await db.insert(Product, product);
      await showImages(db, this.images, id, { before: [], after: imageIds });
      await this.trail.record(db, productAdded, {
        ...{ subject: id, before: {}, after: factsOfProduct(product, imageIds) },
        ...{ by, reason },
      });
      return product;
    });
  }

  /**
   * Lets a product say other things, once for each attempt of an operator. Options can be renamed and get more values; what a SKU has stays.
   *
   * @throws RequestError as `addOnce`; Refused with ProductChanged, OptionInUse or ImageNotUsable
   */
  changeOnce(by: StaffId, input: ProductChangeInput): Promise<Product> {
    const { productId: id, revision, imageIds, reason, idempotencyKey: key } = input;
    return this.idempotency.once(Product, { actorId: by, key, input, resultId: id }, async (db) => {
      const before = await lockRevision(db, id, revision);
      const contents = await judged(db, input);
      const skus = await db.find(Sku, { where: { productId: id }, order: { id: 'ASC' } });
      const stray = skus.find(({ optionValues }) => !isCombination(contents.options, optionValues));
      if (stray) refuse(new OptionInUse(stray));
      const imagesBefore = await imageIdsOf(db, id);
      const said = { ...contents, revision: revision + 1 };
      await db.update(Product, { id }, said);
      await showImages(db, this.images, id, { before: imagesBefore, after: imageIds });
      const product = db.create(Product, { ...before, ...said });
      await this.trail.record(db, productChanged, {
        ...{ subject: id, before: factsOfProduct(before, imagesBefore), after: factsOfProduct(product, imageIds) },
        ...{ by, reason },
      });
      return product;
    });
  }
}

/** What a product is to say, if it makes sense. */
async function judged(
  db: EntityManager,
  { name, categoryId, description, options, returnRule, saleFrom = null, saleUntil = null }: Contents,
) {
  const mistakes: FieldMistake[] = mistakesInOptions(options);
  if (saleFrom && saleUntil && saleFrom >= saleUntil) mistakes.push(UNTIL_TOO_EARLY);
  if (mistakes.length > 0) throw badInput(...mistakes);
  if (!(await holdCategory(db, categoryId))) throw notFound('input.categoryId');
  const plain = options.map((option) => ({ name: option.name, values: option.values }));
  return { name, categoryId, description, options: plain, returnRule, saleFrom, saleUntil };
}

const UNTIL_TOO_EARLY: FieldMistake = {
  path: 'input.saleUntil',
  texts: { zh: '必须晚于开始时间。', en: 'Must be later than the beginning.' },
};
