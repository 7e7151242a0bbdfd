import { MOMENT } from '#common';
import type { Team } from '../team.entity.js';
import type { TeamChange } from './team-change.js';
import { hasChanged, isOver, whatHappened } from './team-change.rules.js';

/** What a subscriber gets. Those who are shown what one look found are told of the same moment. */
export interface TeamEvent {
  readonly teamChanged: TeamChange;
  readonly [MOMENT]: object;
}

/**
 * One subscriber's view of one team: at first how it stands, then each change, and the end when the team is over. It remembers the newest
 * row only, so whoever reads slowly hears of several changes at once, and a slow reader costs no memory.
 *
 * It is written out, because an async generator that waits cannot be returned from before what it waits for has come.
 */
export class TeamWatcher implements AsyncIterableIterator<TeamEvent> {
  #told: Team | null = null;
  #moment: object = {};
  #isEnded = false;
  #wake: () => void = () => undefined;

  constructor(
    public latest: Team,
    private readonly onEnd: (watcher: TeamWatcher) => void,
  ) {}

  /** Shows it how the team stands at a moment. */
  show(team: Team, moment: object): void {
    this.latest = team;
    this.#moment = moment;
    this.#wake();
  }

  async next(): Promise<IteratorResult<TeamEvent, undefined>> {
    if (this.#told && isOver(this.#told)) this.#end();
    while (!this.#isEnded && this.#told && !hasChanged(this.#told, this.latest)) {
      await new Promise<void>((wake) => (this.#wake = wake));
    }
    if (this.#isEnded) return { done: true, value: undefined };
    const [before, team] = [this.#told, this.latest];
    this.#told = team;
    const teamChanged = { team, happened: before ? whatHappened(before, team) : [] };
    return { done: false, value: { teamChanged, [MOMENT]: this.#moment } };
  }

  return(): Promise<IteratorResult<TeamEvent, undefined>> {
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #end(): void {
    this.#isEnded = true;
    this.onEnd(this);
    this.#wake();
  }
}
