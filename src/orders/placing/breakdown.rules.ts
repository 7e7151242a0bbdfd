import { isFree, REGIONS, stepsOf } from '#catalog';
import { type Texts, yuan } from '#common';
import type { Freight } from './order-freight.entity.js';
import type { OrderLine } from '../order-line.entity.js';

/** How the amount of a line comes about, in words. */
export function goodsTexts({
  title,
  quantity,
  unitPriceMinor,
  singlePriceMinor,
}: Pick<OrderLine, 'title' | 'quantity' | 'unitPriceMinor' | 'singlePriceMinor'>): Texts {
  const isCheaper = singlePriceMinor !== null && singlePriceMinor > unitPriceMinor;
  const sum = `${yuan(unitPriceMinor)} × ${quantity}`;
  return {
    zh: `${title}：${sum}${isCheaper ? `（单买价${yuan(singlePriceMinor)}）` : ''}`,
    en: `${title}: ${sum}${isCheaper ? ` (${yuan(singlePriceMinor)} if bought alone)` : ''}`,
  };
}

/** How a freight comes about, in words: the rule, the weight and the sum. */
export function freightTexts(freight: Omit<Freight, 'templateId'>): Texts {
  const { name, region, weightGrams, goodsMinor, freeFromMinor } = freight;
  const place = region === null ? { zh: '其他地区', en: 'elsewhere' } : { zh: REGIONS[region], en: REGIONS[region] };
  const { zh, en } = sumTexts(freight);
  if (weightGrams > 0 && isFree(freight, goodsMinor) && freeFromMinor !== null)
    return {
      zh: `${name}（${place.zh}）：商品满${yuan(freeFromMinor)}包邮`,
      en: `${name} (${place.en}): free from ${yuan(freeFromMinor)} of goods`,
    };
  return { zh: `${name}（${place.zh}）：${zh}`, en: `${name} (${place.en}): ${en}` };
}

function sumTexts(freight: Omit<Freight, 'templateId'>): Texts {
  const { weightGrams, firstGrams, firstMinor, stepGrams, stepMinor, amountMinor } = freight;
  if (weightGrams === 0) return { zh: '不计重量，免运费', en: 'weighs nothing, sent for nothing' };
  const steps = stepsOf(freight, weightGrams);
  const first = `${kilograms(firstGrams)} ${yuan(firstMinor)}`;
  const further = `${kilograms(stepGrams)} ${yuan(stepMinor)} × ${steps}`;
  const total = yuan(amountMinor);
  return steps === 0
    ? { zh: `共${kilograms(weightGrams)}，首重${first}`, en: `${kilograms(weightGrams)} in all, first ${first}` }
    : {
        zh: `共${kilograms(weightGrams)}，首重${first}，续重每${further}，合计${total}`,
        en: `${kilograms(weightGrams)} in all, first ${first}, then each ${further}, together ${total}`,
      };
}

function kilograms(grams: number): string {
  return `${grams / 1_000}kg`;
}
