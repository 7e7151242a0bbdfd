/** Something that a phone does at an instant of business time. */
export interface Step {
  readonly at: Date;
  run(): Promise<void>;
}

export interface Pace {
  /** How many steps are under way at the same moment, at most. */
  readonly atOnce: number;
  /** How far business time may run ahead of a step that is still under way. */
  readonly slackSeconds: number;
}

/**
 * Runs steps, given in the order of their instants, many at a time, with the clock at their instant or a little later.
 * Whoever is slow in machine time is given `slackSeconds` of business time, so that a buyer is late only if that is the plan.
 *
 * @param moveClock moves business time forward, before the first step of an instant
 */
export async function runTimeline(
  steps: readonly Step[],
  { atOnce, slackSeconds }: Pace,
  moveClock: (now: Date) => Promise<void>,
): Promise<void> {
  const underWay = new Map<Promise<void>, Date>();
  let now: Date | null = null;
  for (const step of steps) {
    if (now === null || step.at > now) {
      const tooOld = step.at.getTime() - slackSeconds * 1_000;
      await Promise.all([...underWay].filter(([, at]) => at.getTime() < tooOld).map(([work]) => work));
      await moveClock(step.at);
      now = step.at;
    }
    while (underWay.size >= atOnce) await Promise.race(underWay.keys());
    const work: Promise<void> = step.run().finally(() => underWay.delete(work));
    underWay.set(work, now);
  }
  await Promise.all(underWay.keys());
}
