import { SHOP_ROLES, type StaffAccountsService, type StaffId } from '#identity';
import { MANAGER } from './people.js';

export const BY = 'command:seed';

/** The manager's account of the staff. */
export const MANAGER_ACCOUNT = { loginName: MANAGER.person, displayName: MANAGER.nickname } as const;

/** Runs the demo shop: gives money back while its teams come about, and has every role when they are all there. */
export class DemoManager {
  #id: Promise<StaffId> | undefined;

  constructor(private readonly accounts: StaffAccountsService) {}

  /** The account's id; it is made when it is first asked for. */
  id(): Promise<StaffId> {
    this.#id ??= this.#appoint();
    return this.#id;
  }

  /** Gives the manager every role: the sign that the demo shop is whole. */
  async putInCharge(): Promise<void> {
    await this.id();
    await this.accounts.setRoles(MANAGER_ACCOUNT.loginName, SHOP_ROLES, { by: BY, reason: 'runs the demo shop' });
  }

  /** A new code to enrol with, or null if the manager has enrolled. */
  async enrolmentCode(): Promise<string | null> {
    await this.id();
    const account = await this.#account();
    if (account?.enrolledAt) return null;
    const decision = { by: BY, reason: 'nobody has enrolled as the demo’s manager yet' } as const;
    return (await this.accounts.reset(MANAGER_ACCOUNT.loginName, decision)).enrolmentCode;
  }

  async #appoint(): Promise<StaffId> {
    const known = await this.#account();
    if (known) return known.id;
    const decision = { by: BY, reason: 'gives money back in the demo shop' } as const;
    return (await this.accounts.add(MANAGER_ACCOUNT, ['FINANCE'], decision)).staff.id;
  }

  async #account() {
    const all = await this.accounts.list();
    return all.find(({ staff }) => staff.loginName === MANAGER_ACCOUNT.loginName)?.staff;
  }
}
