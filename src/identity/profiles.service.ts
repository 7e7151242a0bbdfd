import { Injectable } from '@nestjs/common';
import { Transactor, Vault } from '#common';
import type { ProfileUpdateInput } from './identity.inputs.js';
import { User, USER_SEALS, type UserId } from './user.entity.js';

/** What people tell us about themselves, sealed as it comes. */
@Injectable()
export class ProfilesService {
  constructor(
    private readonly transactor: Transactor,
    private readonly vault: Vault,
  ) {}

  /** Changes what is given and leaves the rest; null takes the name away. Asking again changes nothing. */
  update(id: UserId, { nickname }: ProfileUpdateInput): Promise<User> {
    return this.transactor.run(async (db) => {
      // An account that was erased meanwhile has no name to change.
      if (nickname !== undefined)
        await db.update(User, { id, status: 'ACTIVE' }, { nickname: this.#sealed(id, nickname) });
      return db.findOneByOrFail(User, { id });
    });
  }

  /** A person’s whole name, for nobody but that person; null if there is none. */
  nicknameOf({ id, nickname }: User): string | null {
    return nickname && this.vault.open(USER_SEALS.nickname, id, nickname);
  }

  #sealed(id: UserId, nickname: string | null): User['nickname'] {
    return nickname === null ? null : this.vault.seal(USER_SEALS.nickname, id, nickname);
  }
}
