import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MachineClock, type OpenMatter, type PersonalData, PersonalDataHolders, refuse, Transactor } from '#common';
import { LeavingPeopleService, lockAccount, type UserId } from '#identity';
import { type JobClaim, Jobs } from '#jobs';
import type { AccountEraseInput } from './erasure.inputs.js';
import { AccountErased, AccountStillOpen } from './erasure.refusals.js';
import { eraseAccount } from './privacy.jobs.js';

/** How an account comes to its end (PIPL 47, E-Commerce Law 24): at once for the person, and within minutes in every table. */
@Injectable()
export class ErasureService {
  constructor(
    private readonly transactor: Transactor,
    private readonly machine: MachineClock,
    private readonly people: LeavingPeopleService,
    private readonly holders: PersonalDataHolders,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Ends an account: nobody knows any more whose it was, every session is over, and a job erases the rest.
   *
   * @param address where the request comes from; failed codes are counted by it
   * @throws Refused with LoginCodeInvalid, TooManyAttempts, or AccountStillOpen that names what is open
   */
  async erase(userId: UserId, { code }: AccountEraseInput, address: string): Promise<AccountErased> {
    await this.people.confirm(userId, code, address);
    return this.end(userId);
  }

  /**
   * As `erase`, for somebody who has confirmed it.
   *
   * @throws Refused with AccountStillOpen; RequestError UNAUTHENTICATED if it is being erased already
   */
  end(userId: UserId): Promise<AccountErased> {
    return this.transactor.run(async (db) => {
      // From here on nobody begins anything in the person's name; what was begun before is seen.
      await lockAccount(db, userId);
      const matters = await this.#openMatters(db, userId);
      if (matters.length > 0) refuse(new AccountStillOpen(matters));
      await this.people.begin(db, userId);
      await this.jobs.enqueue(db, eraseAccount, { userId });
      return Object.assign(new AccountErased(), { erasingSince: this.machine.now() });
    });
  }

  /** Erases, some rows a transaction, what every module holds. Each step may be done again, so a worker that dies is simply followed by another. */
  async finish(userId: UserId, claim: JobClaim): Promise<void> {
    for (const holder of this.holders.all) await this.#eraseAll(holder, userId);
    await this.transactor.run(async (db) => {
      await claim.close(db);
      await this.people.finish(db, userId);
    });
  }

  async #eraseAll(holder: PersonalData, userId: UserId): Promise<void> {
    const eraseFrom = (after: string | null): Promise<string | null> =>
      this.transactor.run((db) => holder.eraseSome(db, userId, after));
    let next = await eraseFrom(null);
    while (next !== null) next = await eraseFrom(next);
  }

  async #openMatters(db: EntityManager, userId: UserId): Promise<OpenMatter[]> {
    const matters: OpenMatter[] = [];
    for (const holder of this.holders.all) matters.push(...(await holder.openMatters(db, userId)));
    return matters;
  }
}
