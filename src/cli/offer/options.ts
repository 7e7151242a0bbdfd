import { parseArgs } from 'node:util';
import { isId, REASON_CHARACTERS_MAX } from '#common';
import { UNITS_PER_LINE_MAX } from '#orders';
import { type OfferId, OfferStanding, SIZE_MAX, SIZE_MIN, SKUS_MAX, UNITS_PER_BUYER_MAX } from '#teams';
import { BadOption, type CodePrice, codePrice, instant, wholeNumber } from './values.js';

export { BadOption } from './values.js';

/** The terms of an offer as the command names them. */
export interface OfferTermsOptions {
  readonly prices: readonly CodePrice[];
  readonly size: number;
  readonly ttlSeconds: number;
  readonly unitsPerOrder: number;
  readonly unitsPerBuyer: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** A new offer starts at once unless it is told when. */
export type NewOfferOptions = Omit<OfferTermsOptions, 'startsAt'> & Partial<Pick<OfferTermsOptions, 'startsAt'>>;

export type OfferOptions =
  | { readonly action: 'list'; readonly standing: OfferStanding | null }
  | { readonly action: 'show'; readonly offerId: OfferId }
  | { readonly action: 'freeze' | 'unfreeze'; readonly offerId: OfferId; readonly reason: string }
  | { readonly action: 'add'; readonly terms: NewOfferOptions; readonly reason: string }
  | {
      readonly action: 'change';
      readonly offerId: OfferId;
      /** What is left out stays as it is. */
      readonly terms: Partial<OfferTermsOptions>;
      readonly reason: string;
    };

const STANDINGS = new Map(
  Object.values(OfferStanding).map((standing) => [standing.toLowerCase().replace('_', '-'), standing]),
);

export const USAGE = `npm run offer -- add --sku CODE=YUAN:UNITS [--sku ...] --size N --hours N --per-order N --per-buyer N [--from TIME] --until TIME --reason "..."
npm run offer -- change OFFER_ID [any of the above: what is left out stays, --sku replaces all SKUs] --reason "..."
npm run offer -- freeze|unfreeze OFFER_ID --reason "..."
npm run offer -- list [--standing ${[...STANDINGS.keys()].join('|')}]
npm run offer -- show OFFER_ID
YUAN is the team price such as 29.90, UNITS how much of the SKU's stock teams may take, TIME such as 2026-12-01T00:00:00+08:00`;

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  sku: { type: 'string', multiple: true },
  size: TEXT,
  hours: TEXT,
  'per-order': TEXT,
  'per-buyer': TEXT,
  from: TEXT,
  until: TEXT,
  reason: TEXT,
  standing: TEXT,
} as const;
type Option = keyof typeof OPTIONS;
type Values = Partial<Record<Exclude<Option, 'sku'>, string>> & { readonly sku?: string[] };

const TERMS: readonly Option[] = ['sku', 'size', 'hours', 'per-order', 'per-buyer', 'from', 'until'];
const HOURS_MAX = 9_999;

/** What each action takes. */
const TAKEN: Readonly<Record<OfferOptions['action'], readonly Option[]>> = {
  add: [...TERMS, 'reason'],
  change: [...TERMS, 'reason'],
  freeze: ['reason'],
  unfreeze: ['reason'],
  list: ['standing'],
  show: [],
};

/** @throws BadOption for the first argument that is missing, unknown or has a value it cannot take */
export function readOptions(args: readonly string[]): OfferOptions {
  const { values, positionals } = parse(args);
  const [word, ...words] = positionals;
  const action = (Object.keys(TAKEN) as OfferOptions['action'][]).find((each) => each === word);
  if (!action)
    throw new BadOption(`the first word is ${Object.keys(TAKEN).join(', ')}, not ${JSON.stringify(word ?? '')}`);
  const stray = (Object.keys(values) as Option[]).find((option) => !TAKEN[action].includes(option));
  if (stray) throw new BadOption(`${action} takes no --${stray}`);
  if (action === 'list' || action === 'add') {
    if (words.length > 0) throw new BadOption(`nothing follows ${action} but options, not ${words.join(' ')}`);
    if (action === 'list') return { action, standing: standingOf(values.standing) };
    return { action, terms: newTermsOf(values), reason: reasonOf(values) };
  }
  const offerId = offerIdOf(words);
  if (action === 'show') return { action, offerId };
  if (action === 'change') return { action, offerId, terms: termsOf(values), reason: reasonOf(values) };
  return { action, offerId, reason: reasonOf(values) };
}

function parse(args: readonly string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}

function offerIdOf([id, ...others]: readonly string[]): OfferId {
  if (!isId('offer', id)) throw new BadOption(`OFFER_ID is an id like offer_…, not ${JSON.stringify(id ?? '')}`);
  if (others.length > 0) throw new BadOption(`nothing follows OFFER_ID but options, not ${others.join(' ')}`);
  return id;
}

function standingOf(text: string | undefined): OfferStanding | null {
  if (text === undefined) return null;
  const standing = STANDINGS.get(text);
  if (standing) return standing;
  throw new BadOption(`--standing takes ${[...STANDINGS.keys()].join(', ')}, not ${JSON.stringify(text)}`);
}

function reasonOf({ reason = '' }: Values): string {
  const text = reason.trim();
  if (text !== '' && text.length <= REASON_CHARACTERS_MAX) return text;
  throw new BadOption(`--reason says why, in at most ${REASON_CHARACTERS_MAX} characters`);
}

/** All terms: one that is left out is missing. */
function newTermsOf(values: Values): NewOfferOptions {
  const { prices, size, ttlSeconds, unitsPerOrder, unitsPerBuyer, endsAt, ...rest } = termsOf(values);
  if (prices === undefined) throw missing('sku');
  if (size === undefined) throw missing('size');
  if (ttlSeconds === undefined) throw missing('hours');
  if (unitsPerOrder === undefined) throw missing('per-order');
  if (unitsPerBuyer === undefined) throw missing('per-buyer');
  if (endsAt === undefined) throw missing('until');
  return { ...{ prices, size, ttlSeconds, unitsPerOrder, unitsPerBuyer, endsAt }, ...rest };
}

function missing(option: Option): BadOption {
  return new BadOption(`--${option} is missing`);
}

function termsOf(values: Values): Partial<OfferTermsOptions> {
  const { sku, size, hours, 'per-order': perOrder, 'per-buyer': perBuyer, from, until } = values;
  return {
    ...(sku && { prices: pricesOf(sku) }),
    ...(size !== undefined && { size: wholeNumber('--size', size, SIZE_MIN, SIZE_MAX) }),
    ...(hours !== undefined && { ttlSeconds: wholeNumber('--hours', hours, 1, HOURS_MAX) * 3_600 }),
    ...(perOrder !== undefined && { unitsPerOrder: wholeNumber('--per-order', perOrder, 1, UNITS_PER_LINE_MAX) }),
    ...(perBuyer !== undefined && { unitsPerBuyer: wholeNumber('--per-buyer', perBuyer, 1, UNITS_PER_BUYER_MAX) }),
    ...(from !== undefined && { startsAt: instant('--from', from) }),
    ...(until !== undefined && { endsAt: instant('--until', until) }),
  };
}

function pricesOf(texts: readonly string[]): CodePrice[] {
  if (texts.length > SKUS_MAX) throw new BadOption(`--sku may be given ${SKUS_MAX} times, not ${texts.length}`);
  return texts.map(codePrice);
}
