import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, LessThan } from 'typeorm';
import {
  AuditTrail,
  badInput,
  type Decision,
  decodeIdCursor,
  type Facts,
  type Id,
  Idempotency,
  newId,
  notFound,
  type Page,
  type PageArgs,
  pageOf,
  refuse,
  Transactor,
} from '#common';
import { freightTemplateAdded, freightTemplateChanged, productFreightSet, skuWeightSet } from './freight.acts.js';
import { Product, type ProductId } from '../products/product.entity.js';
import { Sku } from '../products/sku.entity.js';
import { Supplier, type SupplierId } from '../suppliers/supplier.entity.js';
import type { FreightTemplateAddInput, FreightTemplateChangeInput, ProductsFreightSetInput } from './freight.inputs.js';
import { FreightTemplateChanged } from './freight.refusals.js';
import { type FreightTerms, mistakesInTerms } from './freight.rules.js';
import { FreightTemplate, type FreightTemplateId } from './freight-template.entity.js';

const LOCK = { mode: 'pessimistic_write' } as const;

export interface NewFreightTemplate extends FreightTerms, Decision {
  readonly supplierId: SupplierId;
  readonly name: string;
}

/** Freight templates and the products that follow them. Each change is kept with who made it and why. */
@Injectable()
export class FreightService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly idempotency: Idempotency,
    private readonly trail: AuditTrail,
  ) {}

  /** A supplier's templates, newest first. */
  async templates(supplierId: SupplierId, { first, after }: PageArgs): Promise<Page<FreightTemplate>> {
    const last = decodeIdCursor(after, 'freight');
    const rows = await this.source.manager.find(FreightTemplate, {
      where: { supplierId, ...(last ? { id: LessThan(last) } : {}) },
      order: { id: 'DESC' },
      take: first + 1,
    });
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Makes a template as `add` does, once for each attempt of an operator. */
  addOnce(operatorId: Id<'staff'>, input: FreightTemplateAddInput): Promise<FreightTemplate> {
    const attempt = { actorId: operatorId, key: input.idempotencyKey, input };
    const { supplierId, name, reason } = input;
    const template = { supplierId, name, ...termsIn(input), by: operatorId, reason };
    return this.idempotency.once(FreightTemplate, attempt, (db, id) => this.add(db, template, id));
  }

  /**
   * Makes a template; as part of the caller's transaction.
   *
   * @throws RequestError that names regions that stand there twice; NOT_FOUND if there is no such supplier
   */
  async add(
    db: EntityManager,
    { supplierId, name, by, reason, ...terms }: NewFreightTemplate,
    id: FreightTemplateId = newId('freight'),
  ): Promise<FreightTemplate> {
    judge(terms);
    if (!(await db.existsBy(Supplier, { id: supplierId }))) throw notFound('input.supplierId');
    const template = db.create(FreightTemplate, { id, supplierId, name, revision: 1, terms, currency: 'CNY' });
    await db.insert(FreightTemplate, template);
    await this.trail.record(db, freightTemplateAdded, {
      subject: id,
      before: {},
      after: factsOf(template),
      by,
      reason,
    });
    return template;
  }

  /**
   * Lets a template say something else, for orders that are placed from now on; once for each attempt.
   *
   * @throws RequestError as `add`; Refused with FreightTemplateChanged if somebody else was faster
   */
  change(operatorId: Id<'staff'>, input: FreightTemplateChangeInput): Promise<FreightTemplate> {
    const { templateId: id, name, reason } = input;
    const terms = termsIn(input);
    judge(terms);
    const attempt = { actorId: operatorId, key: input.idempotencyKey, input, resultId: id };
    return this.idempotency.once(FreightTemplate, attempt, async (db) => {
      const before = await db.findOne(FreightTemplate, { where: { id }, lock: LOCK });
      if (!before) throw notFound('input.templateId');
      if (before.revision !== input.revision) refuse(new FreightTemplateChanged(before));
      const changes = { name, terms, revision: before.revision + 1 };
      await db.update(FreightTemplate, { id }, changes);
      const after = db.create(FreightTemplate, { ...before, ...changes });
      const states = { before: factsOf(before), after: factsOf(after) };
      await this.trail.record(db, freightTemplateChanged, { subject: id, ...states, by: operatorId, reason });
      return after;
    });
  }

  /** As `setFreight`, in a transaction of its own. */
  setFreightOf(input: Omit<ProductsFreightSetInput, 'reason'>, decision: Decision): Promise<Product[]> {
    return this.transactor.run((db) => this.setFreight(db, input, decision));
  }

  /**
   * Says how products are sent, and what their SKUs weigh, for orders that are placed from now on; as part of the caller's transaction. What stays as it is
   * leaves no entry.
   *
   * @returns the products, in the order asked
   * @throws RequestError that names the products, the template or the SKUs that do not belong together
   */
  async setFreight(
    db: EntityManager,
    { productIds, templateId = null, weights }: Omit<ProductsFreightSetInput, 'reason'>,
    decision: Decision,
  ): Promise<Product[]> {
    const where = { id: In(productIds) };
    const products = await db.find(Product, { where, order: { id: 'ASC' }, lock: LOCK });
    await this.#expectOwn(db, products, { productIds, templateId });
    await db.update(Product, where, { freightTemplateId: templateId });
    const after = { freightTemplateId: templateId };
    const moved = products.filter(({ freightTemplateId }) => freightTemplateId !== templateId);
    await this.trail.record(
      db,
      productFreightSet,
      moved.map(({ id, freightTemplateId }) => ({ subject: id, before: { freightTemplateId }, after, ...decision })),
    );
    await this.#weigh(db, productIds, weights, decision);
    const changed = new Map(products.map((product) => [product.id, db.create(Product, { ...product, ...after })]));
    return productIds.flatMap((id) => changed.get(id) ?? []);
  }

  /** Every product exists, and is the template's supplier's. */
  async #expectOwn(
    db: EntityManager,
    products: readonly Product[],
    { productIds, templateId }: { productIds: readonly ProductId[]; templateId: FreightTemplateId | null },
  ): Promise<void> {
    const found = new Map(products.map((product) => [product.id, product]));
    const missing = productIds.findIndex((id) => !found.has(id));
    if (missing >= 0) throw notFound(`input.productIds.${missing}`);
    if (templateId === null) return;
    const template = await db.findOneBy(FreightTemplate, { id: templateId });
    if (!template) throw notFound('input.templateId');
    const foreign = productIds.findIndex((id) => found.get(id)?.supplierId !== template.supplierId);
    if (foreign >= 0)
      throw badInput({
        path: `input.productIds.${foreign}`,
        texts: { zh: '运费模板属于其他供应商。', en: 'Must be of the supplier whose template it is.' },
      });
  }

  async #weigh(
    db: EntityManager,
    productIds: readonly ProductId[],
    weights: ProductsFreightSetInput['weights'],
    decision: Decision,
  ): Promise<void> {
    if (weights.length === 0) return;
    const where = { id: In(weights.map(({ skuId }) => skuId)), productId: In(productIds) };
    const skus = new Map((await db.find(Sku, { where, order: { id: 'ASC' }, lock: LOCK })).map((sku) => [sku.id, sku]));
    const foreign = weights.findIndex(({ skuId }) => !skus.has(skuId));
    if (foreign >= 0) throw notFound(`input.weights.${foreign}.skuId`);
    const changed = weights.flatMap(({ skuId, weightGrams = null }) => {
      const before = skus.get(skuId)?.weightGrams ?? null;
      return before === weightGrams ? [] : [{ skuId, before, weightGrams }];
    });
    for (const { skuId, weightGrams } of changed) await db.update(Sku, { id: skuId }, { weightGrams });
    await this.trail.record(
      db,
      skuWeightSet,
      changed.map(({ skuId, before, weightGrams }) => ({
        ...{ subject: skuId, before: { weightGrams: before }, after: { weightGrams } },
        ...decision,
      })),
    );
  }
}

function termsIn({
  rules,
  elsewhere,
  notDelivered,
}: FreightTemplateAddInput | FreightTemplateChangeInput): FreightTerms {
  return {
    rules: rules.map(({ freeFromMinor = null, ...rule }) => ({ ...rule, freeFromMinor })),
    elsewhere: elsewhere ? { ...elsewhere, freeFromMinor: elsewhere.freeFromMinor ?? null } : null,
    notDelivered,
  };
}

function judge(terms: FreightTerms): void {
  const mistakes = mistakesInTerms(terms);
  if (mistakes.length > 0) throw badInput(...mistakes);
}

/** All that a template says, as the audit trail keeps it. */
function factsOf({ supplierId, name, revision, terms }: FreightTemplate): Facts {
  const { rules, elsewhere, notDelivered } = terms;
  return {
    ...{ supplierId, name, revision, notDelivered },
    rules: rules.map((rule) => ({ ...rule })),
    elsewhere: elsewhere && { ...elsewhere },
  };
}
