import { Refused, RequestError } from '#common';
import type { OfferTermsPrice } from '#teams';

/** The shop does not do what was asked; the message says why, by the arguments of the command. */
export class NotDone extends Error {}

/** A SKU of the command, once its code has been looked up. */
export type NamedPrice = OfferTermsPrice & { readonly code: string };

const ARGUMENTS: Readonly<Record<string, string>> = {
  'input.offerId': 'OFFER_ID',
  'input.unitsPerOrder': '--per-order',
  'input.endsAt': '--until',
};

/**
 * What `act` gives.
 *
 * @throws NotDone for a refusal or a mistake in what was asked
 */
export async function orComplain<Result>(prices: readonly NamedPrice[], act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof RequestError) throw new NotDone(complaintOf(error, prices));
    if (error instanceof Refused) throw new NotDone(refusalOf(error, prices));
    throw error;
  }
}

function complaintOf({ mistakes }: RequestError, prices: readonly NamedPrice[]): string {
  return mistakes.map(({ path, texts }) => `${argumentOf(path, prices)}: ${texts.en}`).join(' ');
}

function argumentOf(path: string, prices: readonly NamedPrice[]): string {
  const [, index] = /^input\.prices\.(\d+)\.skuId$/.exec(path) ?? [];
  const price = index === undefined ? undefined : prices[Number(index)];
  return price ? `--sku ${price.code}` : (ARGUMENTS[path] ?? path);
}

function refusalOf({ refusal }: Refused, prices: readonly NamedPrice[]): string {
  const named = prices.find(({ skuId }) => 'skuId' in refusal && refusal.skuId === skuId);
  const { message } = refusal.speak('en');
  return named ? `--sku ${named.code}: ${message}` : message;
}
