/** What a unified social credit code is written with: no I, O, S, V and Z (GB 32100-2015, 4). */
const SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
/** The registering authority's district is written in digits: signs 3 to 8 (GB 32100-2015, table 1). */
const DIGITS = { from: 3, to: 8 } as const;
export const TAX_NUMBER_CHARACTERS = 18;

/**
 * Which sign of a tax number of 18 signs is wrong, counted from 1; null if none is. The last one checks all others (GB 32100-2015, appendix A:
 * each sign's value times 3 to the power of its place, modulo 31), so a wrong one before it shows there unless it cannot stand where it stands.
 */
export function wrongSignOf(taxNumber: string): number | null {
  const signs = [...taxNumber];
  const stray = signs.findIndex((sign, index) => !mayStandAt(sign, index + 1));
  if (stray >= 0) return stray + 1;
  return signs.at(-1) === checkSignOf(taxNumber) ? null : TAX_NUMBER_CHARACTERS;
}

/** The last sign of a tax number that begins with these 17. */
export function checkSignOf(taxNumber: string): string {
  let weight = 1;
  let sum = 0;
  for (const sign of taxNumber.slice(0, TAX_NUMBER_CHARACTERS - 1)) {
    sum += SIGNS.indexOf(sign) * weight;
    weight = (weight * 3) % SIGNS.length;
  }
  return SIGNS.charAt((SIGNS.length - (sum % SIGNS.length)) % SIGNS.length);
}

function mayStandAt(sign: string, place: number): boolean {
  const isForDigit = place >= DIGITS.from && place <= DIGITS.to;
  return isForDigit ? /\d/.test(sign) : SIGNS.includes(sign);
}
