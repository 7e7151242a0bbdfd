import fc from 'fast-check';

const RUNS = 200;

/**
 * fast-check, told by the environment what to try: PROOF_RUNS cases of each property, beginning at PROOF_SEED.
 * A property that fails prints its seed; the same seed comes to the same case and the same smallest one.
 */
fc.configureGlobal({ numRuns: wholeNumber('PROOF_RUNS') ?? RUNS, seed: wholeNumber('PROOF_SEED') });

export { fc };

/** @throws Error that names a variable that is no whole number: a replay that tries something else would prove nothing */
function wholeNumber(variable: string): number | undefined {
  const text = process.env[variable];
  if (text === undefined) return undefined;
  if (!/^-?\d+$/.test(text)) throw new Error(`${variable} must be a whole number, not ${text}`);
  return Number(text);
}
