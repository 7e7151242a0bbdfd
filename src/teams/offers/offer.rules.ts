import type { ProductId, Sku, SkuId } from '#catalog';
import type { FieldMistake, Refusal, Texts } from '#common';
import type { Offer } from './offer.entity.js';
import { TTL_SECONDS_MAX } from './offer.limits.js';
import { OfferFrozen, OfferNotOpen, OrderLimitExceeded } from './offer.refusals.js';
import { OfferTooLong, OfferTooShort, PriceAboveSingle, ShareTooSmall } from './offer-terms.refusals.js';
import type { OfferTermsPrice } from './offer-terms.js';

/** Whether a team can be opened by an offer at `now` with so many units; null if so. */
export function mayOpen(
  offer: Pick<Offer, 'startsAt' | 'endsAt' | 'frozenAt' | 'unitsPerOrder'>,
  { quantity }: { readonly quantity: number },
  now: Date,
): Refusal | null {
  if (now < offer.startsAt || now >= offer.endsAt) return new OfferNotOpen(offer);
  if (offer.frozenAt) return new OfferFrozen();
  return quantity > offer.unitsPerOrder ? new OrderLimitExceeded(offer.unitsPerOrder) : null;
}

/** The terms of an offer as somebody would have them, whether or not they can work. */
export interface OfferDraft extends Pick<
  Offer,
  'size' | 'ttlSeconds' | 'unitsPerOrder' | 'unitsPerBuyer' | 'startsAt' | 'endsAt'
> {
  /** One for each SKU that teams can buy, all of one product. */
  readonly prices: readonly OfferTermsPrice[];
}

/** The SKUs that a draft names, as far as they exist. */
export type SkusById = ReadonlyMap<SkuId, Pick<Sku, 'productId' | 'priceMinor'>>;

const ORDER_ABOVE_BUYER: Texts = {
  zh: '每单限购不能超过每人限购。',
  en: 'Must not be more than one buyer may have.',
};
const ENDS_FIRST: Texts = { zh: '结束时间必须晚于开始时间。', en: 'Must be later than the start.' };
const UNKNOWN_SKU: Texts = { zh: '没有这个规格。', en: 'There is no such SKU.' };
const OTHER_PRODUCT: Texts = {
  zh: '所有规格必须属于同一个商品。',
  en: 'Must be a SKU of the same product as the others.',
};
const TWICE: Texts = { zh: '每个规格只能出现一次。', en: 'Must be named only once.' };

/**
 * What contradicts itself or names what is not there, each by its path in `input`; nothing if the draft makes sense.
 *
 * @param productId what the offer is of; null for a new offer, which is of its first SKU's product
 */
export function mistakesIn(draft: OfferDraft, skus: SkusById, productId: ProductId | null): FieldMistake[] {
  const mistakes: FieldMistake[] = [];
  if (draft.unitsPerOrder > draft.unitsPerBuyer)
    mistakes.push({ path: 'input.unitsPerOrder', texts: ORDER_ABOVE_BUYER });
  if (draft.endsAt <= draft.startsAt) mistakes.push({ path: 'input.endsAt', texts: ENDS_FIRST });
  return [...mistakes, ...mistakesInSkus(draft, skus, productId)];
}

function mistakesInSkus({ prices }: OfferDraft, skus: SkusById, productId: ProductId | null): FieldMistake[] {
  const named = new Set<SkuId>();
  let expectedId = productId;
  return prices.flatMap(({ skuId }, index) => {
    const path = `input.prices.${index}.skuId`;
    const sku = skus.get(skuId);
    if (named.has(skuId)) return [{ path, texts: TWICE }];
    named.add(skuId);
    if (!sku) return [{ path, texts: UNKNOWN_SKU }];
    expectedId ??= sku.productId;
    return sku.productId === expectedId ? [] : [{ path, texts: OTHER_PRODUCT }];
  });
}

/**
 * Whether teams could be opened by such an offer, fill and be shipped in time; null if so. The draft must make sense.
 *
 * @param payWindowSeconds how long a buyer has to pay
 */
export function mayWork(draft: OfferDraft, skus: SkusById, now: Date, payWindowSeconds: number): Refusal | null {
  const { size, ttlSeconds, startsAt, endsAt, prices } = draft;
  const opensAt = now > startsAt ? now : startsAt;
  const openSeconds = (endsAt.getTime() - opensAt.getTime()) / 1_000;
  if (Math.min(openSeconds, ttlSeconds) < payWindowSeconds) return new OfferTooShort(payWindowSeconds);
  if (ttlSeconds > TTL_SECONDS_MAX) return new OfferTooLong();
  for (const { skuId, priceMinor } of prices) {
    const singlePriceMinor = skus.get(skuId)?.priceMinor ?? 0;
    if (priceMinor > singlePriceMinor) return new PriceAboveSingle(skuId, singlePriceMinor);
  }
  const unitsMax = prices.reduce((units, price) => units + price.unitsMax, 0);
  return unitsMax < size ? new ShareTooSmall(size, unitsMax) : null;
}
