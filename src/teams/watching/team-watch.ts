import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { Config, idBytes, idFromBytes } from '#common';
import type { UserId } from '#identity';
import { Team, type TeamId } from '../team.entity.js';
import { hasChanged, type TeamState } from './team-change.rules.js';
import { TeamPagesService } from '../pages/team-pages.service.js';
import { TeamWatcher } from './team-watcher.js';

const PAGE = 500;
const STATES = 'SELECT id, status, seats_live, seats_paid, expires_at FROM team WHERE id IN (?)';

interface StateRow {
  readonly id: Buffer;
  readonly status: Team['status'];
  readonly seats_live: number;
  readonly seats_paid: number;
  readonly expires_at: Date | null;
}

/**
 * Looks at the teams that somebody watches, all of them at once and every TEAM_WATCH_MILLISECONDS, and tells who watches what has changed.
 * Whichever process made the change, it is in the row (docs/adr/0012-watched-rows.md).
 */
@Injectable()
export class TeamWatch implements BeforeApplicationShutdown {
  readonly #logger = new Logger('TeamWatch');
  readonly #watchers = new Set<TeamWatcher>();
  #timer: NodeJS.Timeout | undefined;
  #look: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(
    private readonly source: DataSource,
    private readonly pages: TeamPagesService,
    private readonly config: Config,
  ) {}

  /** A view of a team for somebody who may see it now; null if they may not, or there is none. Whoever takes it must return it. */
  async watch(id: TeamId, viewerId: UserId | null): Promise<TeamWatcher | null> {
    const team = await this.pages.team(id, viewerId);
    if (!team) return null;
    const watcher = new TeamWatcher(team, (ended) => this.#watchers.delete(ended));
    this.#watchers.add(watcher);
    this.#timer ??= this.#nextLook();
    return watcher;
  }

  /** The database goes away after this. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#look;
  }

  /** None while nobody watches. */
  #nextLook(): NodeJS.Timeout | undefined {
    if (this.#isStopped || this.#watchers.size === 0) return undefined;
    return setTimeout(() => {
      this.#look = this.#lookAtAll()
        .catch((error: unknown) => {
          this.#logger.warn(`The teams that are watched could not be read: ${String(error)}`);
        })
        .then(() => {
          this.#timer = this.#nextLook();
        });
    }, this.config.TEAM_WATCH_MILLISECONDS);
  }

  async #lookAtAll(): Promise<void> {
    // Whoever comes while this look is under way may know more than it sees, and is told by the next.
    const watchers = [...this.#watchers];
    const ids = [...new Set(watchers.map(({ latest }) => latest.id))];
    for (let from = 0; from < ids.length; from += PAGE) {
      const states = await this.#states(ids.slice(from, from + PAGE));
      const behind = watchers.filter(({ latest }) => {
        const state = states.get(latest.id);
        return state && hasChanged(latest, state);
      });
      if (behind.length > 0) await this.#show(behind);
    }
  }

  async #states(ids: readonly TeamId[]): Promise<Map<TeamId, TeamState>> {
    const rows = await this.source.query<StateRow[]>(STATES, [ids.map(idBytes)]);
    return new Map(
      rows.map(({ id, status, seats_live, seats_paid, expires_at }) => [
        idFromBytes('team', id),
        { status, seatsLive: seats_live, seatsPaid: seats_paid, expiresAt: expires_at },
      ]),
    );
  }

  async #show(watchers: readonly TeamWatcher[]): Promise<void> {
    const ids = [...new Set(watchers.map(({ latest }) => latest.id))];
    const teams = await this.source.manager.findBy(Team, { id: In(ids) });
    const byId = new Map(teams.map((team) => [team.id, team]));
    const moment = {};
    for (const watcher of watchers) watcher.show(byId.get(watcher.latest.id) ?? watcher.latest, moment);
  }
}
