import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { idBytes, MachineClock, refuse, Vault } from '#common';
import { LoginCodeInvalid } from './identity.refusals.js';
import { IdentityService } from './identity.service.js';
import { LoginLimits } from './login-limits.js';
import { SessionsService } from './sessions.service.js';
import { User, USER_SEALS, type UserId } from './user.entity.js';
import { unauthenticated } from './viewer.js';

/** All that leads from a row to a person. Without the index whoever comes back with the same WeChat is somebody new. */
const NAMELESS = `openid = NULL, openid_index = NULL, unionid = NULL, unionid_index = NULL, session_key = NULL, nickname = NULL,
  phone = NULL, phone_index = NULL, phone_code_hash = NULL`;

/** What becomes of a person’s own row and sessions when they leave for good; `privacy` decides whether and when. */
@Injectable()
export class LeavingPeopleService {
  constructor(
    private readonly source: DataSource,
    private readonly identity: IdentityService,
    private readonly sessions: SessionsService,
    private readonly limits: LoginLimits,
    private readonly machine: MachineClock,
    private readonly vault: Vault,
  ) {}

  /**
   * Makes sure that whoever asks holds the phone of the account: a fresh code of `wx.login` must name the same person. A token alone could be stolen.
   *
   * @throws Refused with LoginCodeInvalid, also if the code is somebody else’s, or TooManyAttempts; RequestError UNAUTHENTICATED if it is
   *   being erased already
   */
  confirm(userId: UserId, code: string, address: string): Promise<void> {
    return this.limits.codes.attempt(address, async () => {
      const { openid } = await this.identity.exchange(code);
      const { openidIndex } = await this.source.manager.findOneByOrFail(User, { id: userId });
      if (!openidIndex) throw unauthenticated(); // It is being erased already.
      if (!openidIndex.equals(this.vault.blindIndex(USER_SEALS.openid, openid))) refuse(new LoginCodeInvalid());
    });
  }

  /** Forgets who a person is, whose account the caller has locked, and ends every session. */
  async begin(db: EntityManager, id: UserId): Promise<void> {
    await db.query(`UPDATE user SET ${NAMELESS}, status = 'ERASING' WHERE id = ?`, [idBytes(id)]);
    await this.sessions.endAll(db, { userId: id });
  }

  /** Notes that nothing is left; doing it again changes nothing. */
  async finish(db: EntityManager, id: UserId): Promise<void> {
    await db.query("UPDATE user SET status = 'ERASED', erased_at = ? WHERE id = ? AND status = 'ERASING'", [
      this.machine.now(),
      idBytes(id),
    ]);
  }
}
