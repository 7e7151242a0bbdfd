import type { Kind } from '../command.js';
import type { Dice } from '../dice.js';
import { FIRST_GRAMS, FIRST_MINOR, type FreightSaid, STEP_GRAMS, type Template } from '../promises/freight.js';
import { ask, newKey, remember } from './asking.js';

const REASON = 'a run of the model';
const TEMPLATES_MAX = 2;

/** An operator makes a freight template. */
export const freightTemplateAdd: Kind<FreightSaid> = {
  name: 'freightTemplateAdd',
  mutations: ['freightTemplateAdd'],
  weight: 2,
  choose: ({ templates }, dice) => (templates.length < TEMPLATES_MAX ? saidBy(dice) : null),
  tell: (said) => `an operator makes a freight template ${JSON.stringify(said)}`,
  act: async (terms, model, run) => {
    const phone = await run.world.operator();
    const input = { supplierId: model.goods.supplierId, ...inputOf(terms), idempotencyKey: newKey() };
    const answer = await ask(run, phone, 'freightTemplateAdd', 'FreightTemplate', input);
    const { id } = answer.value as { id: string };
    model.templates.push({ id, revision: 1, terms });
    const asked = { phone, person: null, mutation: 'freightTemplateAdd', input, answer };
    remember(model, run, { ...asked, other: { reason: 'another one' } });
    return answer.type;
  },
};

/** An operator lets a freight template say something else; what was looked at may be stale. */
export const freightTemplateChange: Kind<{ template: Template; terms: FreightSaid; revision: number }> = {
  name: 'freightTemplateChange',
  mutations: ['freightTemplateChange'],
  weight: 2,
  choose: ({ templates }, dice) => {
    const template = dice.oneOf(templates);
    const isStale = dice.happens(20);
    return template && { template, terms: saidBy(dice), revision: template.revision + (isStale ? 1 : 0) };
  },
  tell: ({ terms }) => `an operator changes a freight template to ${JSON.stringify(terms)}`,
  act: async ({ template, terms, revision }, model, run) => {
    const phone = await run.world.operator();
    const input = { templateId: template.id, revision, ...inputOf(terms), idempotencyKey: newKey() };
    const promised = revision === template.revision ? 'FreightTemplate' : 'FreightTemplateChanged';
    const answer = await ask(run, phone, 'freightTemplateChange', promised, input);
    if (answer.type !== 'FreightTemplate') return answer.type;
    Object.assign(template, { terms, revision: revision + 1 });
    const asked = { phone, person: null, mutation: 'freightTemplateChange', input, answer };
    remember(model, run, { ...asked, other: { reason: 'another one' } });
    return answer.type;
  },
};

/** An operator says how the goods are sent and what they weigh. */
export const productsFreightSet: Kind<{ readonly template: Template | null; readonly unitGrams: number | null }> = {
  name: 'productsFreightSet',
  mutations: ['productsFreightSet'],
  weight: 2,
  choose: ({ templates }, dice) => ({
    template: dice.happens(70) ? dice.oneOf(templates) : null,
    unitGrams: dice.pick(500, 1_000, 1_001, 400, null),
  }),
  tell: ({ template, unitGrams }) => `an operator sends ${unitGrams} grams ${template ? 'by a template' : 'freely'}`,
  act: async ({ template, unitGrams }, { goods }, run) => {
    const weights = [{ skuId: goods.skuId, weightGrams: unitGrams }];
    const input = { productIds: [goods.productId], templateId: template?.id, weights, reason: REASON };
    const { type } = await ask(run, await run.world.operator(), 'productsFreightSet', 'Product', input);
    Object.assign(goods, { template, unitGrams });
    return type;
  },
};

/** An operator limits how much may be bought alone, or lifts the limits. */
export const skuLimitsSet: Kind<{ readonly unitsPerOrder: number | null; readonly unitsPerBuyer: number | null }> = {
  name: 'skuLimitsSet',
  mutations: ['skuLimitsSet'],
  weight: 2,
  choose: (_model, dice) => ({ unitsPerOrder: dice.pick(null, 1, 2), unitsPerBuyer: dice.pick(null, 1, 2, 3) }),
  tell: (limits) => `an operator limits what is bought alone to ${JSON.stringify(limits)}`,
  act: async (limits, { goods }, run) => {
    const input = { skuId: goods.skuId, ...limits, reason: REASON };
    const { type } = await ask(run, await run.world.operator(), 'skuLimitsSet', 'Sku', input);
    Object.assign(goods, limits);
    return type;
  },
};

function saidBy(dice: Dice): FreightSaid {
  return {
    stepMinor: dice.pick(200, 0, 900),
    freeFromMinor: dice.pick(null, 2_000, 0),
    isSentHere: dice.pick(true, true, true, false),
  };
}

function inputOf({ stepMinor, freeFromMinor, isSentHere }: FreightSaid): object {
  const elsewhere = {
    firstGrams: FIRST_GRAMS,
    firstMinor: FIRST_MINOR,
    stepGrams: STEP_GRAMS,
    stepMinor,
    freeFromMinor,
  };
  return { name: '快递', rules: [], elsewhere, notDelivered: isSentHere ? [] : ['44'], reason: REASON };
}
