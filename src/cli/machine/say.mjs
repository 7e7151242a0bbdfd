/** One way to tell people what a command is doing, and one kind of failure they can do something about. */

const SIGN_OF_LIFE_SECONDS = 15;

/** A failure whose message says what to do. It is shown without a stack, because nothing in the code is to blame. */
export class Trouble extends Error {}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {number} startedAt as `performance.now()` gave it */
export function secondsSince(startedAt) {
  return `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
}

/**
 * Says that a step begins, that it is still going on when it takes long, and how long it took.
 *
 * @template T
 * @param {string} step
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function during(step, work) {
  const startedAt = performance.now();
  const signOfLife = setInterval(() => {
    say(`${step}: still at it after ${secondsSince(startedAt)}`);
  }, SIGN_OF_LIFE_SECONDS * 1_000);
  say(`${step} ...`);
  try {
    const result = await work();
    say(`${step}: ${secondsSince(startedAt)}`);
    return result;
  } finally {
    clearInterval(signOfLife);
  }
}
