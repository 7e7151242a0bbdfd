import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type ApiRequest, idBytes, idFromBytes, isId, MachineClock } from '#common';
import { isStaffRole } from './staff/staff-role.js';
import { type AccessClaim, Tokens } from './tokens.js';
import { type Caller, rememberCaller, type StaffViewer, unauthenticated } from './viewer.js';

/** All by primary key, in one round trip: it is asked for every request that carries a token. */
const LIVE_SESSION = `
  SELECT NULL AS roles, NULL AS supplier_id FROM session JOIN user ON user.id = session.user_id
  WHERE session.id = ? AND user.id = ? AND revoked_at IS NULL AND expires_at > ? AND user.status = 'ACTIVE'`;
const LIVE_STAFF_SESSION = `
  SELECT (SELECT GROUP_CONCAT(role) FROM staff_role WHERE staff_id = staff.id) AS roles, staff.supplier_id
  FROM session JOIN staff ON staff.id = session.staff_id
  WHERE session.id = ? AND staff.id = ? AND revoked_at IS NULL AND expires_at > ? AND staff.status = 'ACTIVE'`;

interface Live {
  readonly roles: string | null;
  readonly supplier_id: Buffer | null;
}

/** Knows who stands behind an access token at this moment. */
@Injectable()
export class Viewers {
  constructor(
    private readonly source: DataSource,
    private readonly tokens: Tokens,
    private readonly machine: MachineClock,
  ) {}

  /**
   * Finds out who asks, and remembers it with the request; a request without a token is a guest's.
   *
   * @throws RequestError `UNAUTHENTICATED` if a token was sent and is no good
   */
  async identify(request: ApiRequest): Promise<void> {
    const { authorization } = request.headers;
    if (authorization === undefined) return;
    const token = /^Bearer ([\w.-]+)$/i.exec(authorization)?.[1];
    const caller = token ? await this.of(token) : null;
    if (!caller) throw unauthenticated();
    rememberCaller(request, caller);
  }

  /** Whom the token speaks for, with today's roles; null if it is no good, its session has ended, or the person is disabled. */
  async of(token: string): Promise<Caller | null> {
    const claim = await this.tokens.read(token);
    if (!claim) return null;
    const { ownerId, sessionId } = claim;
    if (!isId('staff', ownerId)) return (await this.#live(LIVE_SESSION, claim)) ? { id: ownerId, sessionId } : null;
    const live = await this.#live(LIVE_STAFF_SESSION, claim);
    return live ? { id: ownerId, sessionId, ...workOf(live) } : null;
  }

  async #live(sql: string, { ownerId, sessionId }: AccessClaim): Promise<Live | undefined> {
    const parameters = [idBytes(sessionId), idBytes(ownerId), this.machine.now()];
    const [live] = await this.source.query<Live[]>(sql, parameters);
    return live;
  }
}

function workOf({ roles, supplier_id: supplier }: Live): Pick<StaffViewer, 'roles' | 'supplierId'> {
  return {
    roles: (roles?.split(',') ?? []).filter(isStaffRole),
    supplierId: supplier && idFromBytes('supplier', supplier),
  };
}
