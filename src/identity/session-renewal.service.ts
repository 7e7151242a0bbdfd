import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MachineClock, Refusal, refuse, Transactor } from '#common';
import { type Login, SessionEnded, UserDisabled } from './identity.refusals.js';
import { LoginLimits } from './login-limits.js';
import { Session, type SessionId } from './session.entity.js';
import { isOwnToken, refreshVerdict } from './session.rules.js';
import { SessionsService } from './sessions.service.js';
import type { StaffLogin } from './staff/staff.refusals.js';
import { Staff } from './staff/staff.entity.js';
import { type RefreshSecret, sha256, Tokens } from './tokens.js';
import { User } from './user.entity.js';

/** A token that was shown: of which session it says it is, and what comes after it. */
interface Shown {
  readonly id: SessionId;
  readonly tokenHash: Buffer;
  readonly next: RefreshSecret;
}

/** Keeps sessions alive: replaces both tokens. The old refresh token gets the same answer for a moment longer, in case this one is lost on its way. */
@Injectable()
export class SessionRenewal {
  constructor(
    private readonly transactor: Transactor,
    private readonly tokens: Tokens,
    private readonly sessions: SessionsService,
    private readonly limits: LoginLimits,
    private readonly machine: MachineClock,
  ) {}

  /** @throws Refused with SessionEnded, UserDisabled or TooManyAttempts */
  refresh(refreshToken: string, address: string): Promise<Login> {
    return this.limits.refreshes.attempt(address, async () => {
      const shown = this.#read(refreshToken);
      const user = await this.#rotate(shown, (db, { userId }) => userId && db.findOneByOrFail(User, { id: userId }));
      return this.sessions.answer(user, shown.id, shown.next);
    });
  }

  /** @throws Refused with SessionEnded, UserDisabled or TooManyAttempts */
  refreshStaff(refreshToken: string, address: string): Promise<StaffLogin> {
    return this.limits.refreshes.attempt(address, async () => {
      const shown = this.#read(refreshToken);
      const staff = await this.#rotate(
        shown,
        (db, { staffId }) => staffId && db.findOneByOrFail(Staff, { id: staffId }),
      );
      return this.sessions.answerStaff(staff, shown.id, shown.next);
    });
  }

  #read(refreshToken: string): Shown {
    const id = this.tokens.sessionOf(refreshToken) ?? refuse(new SessionEnded(true));
    return { id, tokenHash: sha256(refreshToken), next: this.tokens.successorOf(refreshToken, id) };
  }

  /**
   * Replaces the tokens, unless they are worth nothing.
   *
   * @param find whose session it is; null if it is one of the other kind, which is none to this caller
   */
  async #rotate<Holder extends User | Staff>(
    shown: Shown,
    find: (db: EntityManager, session: Session) => Promise<Holder> | null,
  ): Promise<Holder> {
    const holder = await this.transactor.run(async (db) => {
      const session = await db.findOne(Session, { where: { id: shown.id }, lock: { mode: 'pessimistic_write' } });
      const found = session && (await find(db, session));
      return found ? this.#renew(db, session, found, shown) : new SessionEnded(true);
    });
    // Thrown out here and not inside, so that ending a reused session is committed.
    return holder instanceof Refusal ? refuse(holder) : holder;
  }

  async #renew<Holder extends User | Staff>(
    db: EntityManager,
    session: Session,
    holder: Holder,
    { id, tokenHash, next }: Shown,
  ): Promise<Holder | SessionEnded | UserDisabled> {
    const now = this.machine.now();
    const isOwn = isOwnToken(session, tokenHash);
    // Only who holds the session's own token hears why it has ended.
    if (holder.status === 'DISABLED' && isOwn) return new UserDisabled();
    const verdict = refreshVerdict(session, tokenHash, now);
    if (verdict === 'REUSED') await this.sessions.end(db, id);
    if (verdict === 'REUSED' || verdict === 'ENDED') return new SessionEnded(!isOwn);
    if (verdict === 'ROTATE') {
      const times = { rotatedAt: now, expiresAt: this.sessions.expiryAfter(session, now) };
      await db.update(Session, { id }, { refreshHash: next.hash, previousHash: tokenHash, ...times });
    }
    return holder;
  }
}
