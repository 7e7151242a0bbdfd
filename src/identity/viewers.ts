import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type ApiRequest, idBytes, MachineClock } from '#common';
import { rolesWith } from './role.js';
import { Tokens } from './tokens.js';
import { rememberViewer, unauthenticated, type Viewer } from './viewer.js';

/** All by primary key, in one round trip: it is asked for every request that carries a token. */
const LIVE_SESSION = `
  SELECT (SELECT GROUP_CONCAT(role) FROM role_grant WHERE user_id = user.id) AS roles
  FROM session JOIN user ON user.id = session.user_id
  WHERE session.id = ? AND user.id = ? AND revoked_at IS NULL AND expires_at > ? AND user.status = 'ACTIVE'`;

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
    const viewer = token ? await this.of(token) : null;
    if (!viewer) throw unauthenticated();
    rememberViewer(request, viewer);
  }

  /** Whom the token speaks for, with today's roles; null if it is no good, its session has ended, or the person is disabled. */
  async of(token: string): Promise<Viewer | null> {
    const claim = await this.tokens.read(token);
    if (!claim) return null;
    const { userId, sessionId } = claim;
    const [live] = await this.source.query<{ roles: string | null }[]>(LIVE_SESSION, [
      idBytes(sessionId),
      idBytes(userId),
      this.machine.now(),
    ]);
    return live ? { id: userId, sessionId, roles: rolesWith(live.roles?.split(',') ?? []) } : null;
  }
}
