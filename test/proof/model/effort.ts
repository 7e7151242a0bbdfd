/** How much is walked. */
export interface Effort {
  readonly runs: number;
  readonly seed: number;
  readonly commandsMax: number;
  /** The names of what may happen; everything, if it is not there. */
  readonly only?: readonly string[];
  /** How long a run that failed is made smaller. */
  readonly smallerSeconds: number;
  /** Whether it is somebody's own long run, which tells how it gets on. */
  readonly isLong: boolean;
  /** One run alone, as a failure has named it. */
  readonly path?: string;
  readonly replayPath?: string;
}

/** What `npm test` walks: well under a minute. */
const SHORT = { runs: 12, seed: 5, commandsMax: 80, smallerSeconds: 120 };

/** As the environment says: PROOF_RUNS, PROOF_SEED, and PROOF_PATH with PROOF_COMMANDS to repeat what a failure has named. */
export function effortOf(environment: NodeJS.ProcessEnv): Effort {
  const { PROOF_RUNS, PROOF_SEED, PROOF_PATH, PROOF_COMMANDS } = environment;
  return {
    ...SHORT,
    ...(PROOF_RUNS !== undefined && { runs: wholeNumber('PROOF_RUNS', PROOF_RUNS), smallerSeconds: 600 }),
    ...(PROOF_SEED !== undefined && { seed: wholeNumber('PROOF_SEED', PROOF_SEED) }),
    ...(PROOF_PATH !== undefined && { path: PROOF_PATH }),
    ...(PROOF_COMMANDS !== undefined && { replayPath: PROOF_COMMANDS }),
    isLong: PROOF_RUNS !== undefined,
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^-?\d{1,10}$/.test(text)) throw new Error(`${name} must be a whole number, not "${text}"`);
  return Number(text);
}
