/** A product as search sees it: each of its texts as words. */
export interface Findable {
  /** The name as it is written, normalized. */
  readonly name: string;
  readonly nameWords: readonly string[];
  readonly nameCharacters: readonly string[];
  readonly categoryWords: readonly string[];
  readonly supplierWords: readonly string[];
  readonly skuWords: readonly string[];
  readonly descriptionWords: readonly string[];
  /** Units sold so far. */
  readonly sold: number;
}

/**
 * How much a word says of the product in whose text it stands. A word of the name counts for more the more of the name it is, and half as much
 * again if the name ends with it: what something is stands last, in Chinese (牛奶巧克力 is chocolate) as in English (milk chocolate).
 */
const NAME = 400;
const WHOLE_NAME = 600;
const HEAD_SHARE = 1.5;
const CATEGORY = 250;
const SUPPLIER = 200;
const SKU = 120;
const NAME_CHARACTER = 60;
const DESCRIPTION = 40;
/** What sells ten times as well stands one twentieth higher: enough to order what is alike, too little to hide what fits better. */
const SALES_SHARE = 0.05;
/** What the column holds. */
const IMPACT_MAX = 65_535;

/** The words under which a product is found, and how well each fits it: whole numbers from 1 to 65,535. */
export function impactsOf(product: Findable): Map<string, number> {
  const impacts = new Map<string, number>();
  const add = (words: readonly string[], impactOf: (word: string) => number): void => {
    for (const word of words) impacts.set(word, (impacts.get(word) ?? 0) + impactOf(word));
  };
  add(product.nameWords, (word) => nameImpact(word, product));
  add(product.nameCharacters, () => NAME_CHARACTER);
  add(product.categoryWords, () => CATEGORY);
  add(product.supplierWords, () => SUPPLIER);
  add(product.skuWords, () => SKU);
  add(product.descriptionWords, () => DESCRIPTION);
  const sales = 1 + SALES_SHARE * Math.log10(1 + product.sold);
  return new Map([...impacts].map(([word, impact]) => [word, Math.min(IMPACT_MAX, Math.round(impact * sales))]));
}

function nameImpact(word: string, { name, nameWords }: Findable): number {
  const coverage = Math.min(1, word.length / name.length);
  const isHead = isHeadOf(name, word) || word === nameWords.at(-1);
  return (NAME + WHOLE_NAME * coverage) * (isHead ? HEAD_SHARE : 1);
}

/** Numbers and units at the end say how much, not what: 纯牛奶250ml*24 is milk. */
function isHeadOf(name: string, word: string): boolean {
  return name.replace(/[^\p{Script=Han}]+$/u, '').endsWith(word);
}

/** As many products as a word would be rare among. Only how two words compare matters, so it need not be what the shop has. */
const PRODUCTS_ASSUMED = 100_000;
const WEIGHT_SCALE = 16;

/** What finding a word is worth, the rarer the more (inverse document frequency): a whole number from 1 up. */
export function weightOf(productsWithIt: number, likeness: number): number {
  const rarity = Math.log(1 + PRODUCTS_ASSUMED / Math.max(1, productsWithIt));
  return Math.max(1, Math.round(WEIGHT_SCALE * rarity * likeness));
}
