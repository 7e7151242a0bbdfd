import { createHash, createHmac, randomBytes, webcrypto } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT } from 'jose';
import { Config, isId, MachineClock, secondsAfter } from '#common';
import type { SessionId } from './session.entity.js';
import type { StaffId } from './staff/staff.entity.js';
import type { UserId } from './user.entity.js';

const ALGORITHM = 'HS256';
const ISSUER = 'haotuan';
const AUDIENCE = 'mini-program';

/** A secret that only its holder knows, and what the table may know of it. */
export interface RefreshSecret {
  readonly token: string;
  readonly hash: Buffer;
}

/** Whom an access token names, and of which session. */
export interface AccessClaim {
  readonly ownerId: UserId | StaffId;
  readonly sessionId: SessionId;
}

/** Makes and reads the two tokens of a session: a short-lived access token (JWT) and a refresh token that is replaced at each use. */
@Injectable()
export class Tokens {
  readonly #key: Promise<webcrypto.CryptoKey>;

  constructor(
    private readonly config: Config,
    private readonly machine: MachineClock,
  ) {
    // A CryptoKey is half as expensive to use as raw bytes.
    this.#key = webcrypto.subtle.importKey(
      'raw',
      Buffer.from(config.TOKEN_SECRET),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign', 'verify'],
    );
  }

  async access({ ownerId, sessionId }: AccessClaim): Promise<{ token: string; expiresAt: Date }> {
    const now = this.machine.now();
    const expiresAt = secondsAfter(now, this.config.ACCESS_TOKEN_SECONDS);
    const token = await new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: ALGORITHM })
      .setSubject(ownerId)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(expiresAt)
      .sign(await this.#key);
    return { token, expiresAt };
  }

  /** What the token says, or null if it is not one of ours or has expired. Whether its session still stands is another question. */
  async read(token: string): Promise<AccessClaim | null> {
    try {
      const { payload } = await jwtVerify(token, await this.#key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        currentDate: this.machine.now(),
      });
      const { sub, sid } = payload;
      const isOwner = isId('user', sub) || isId('staff', sub);
      return isOwner && isId('session', sid) ? { ownerId: sub, sessionId: sid } : null;
    } catch {
      return null; // Every way to be wrong is the same to the caller: not signed in.
    }
  }

  /** The first refresh token of a session. */
  refresh(sessionId: SessionId): RefreshSecret {
    return secretOf(sessionId, randomBytes(32));
  }

  /** What replaces a refresh token: always the same, so that requests which refresh at once do not put each other out. */
  successorOf(refreshToken: string, sessionId: SessionId): RefreshSecret {
    return secretOf(
      sessionId,
      createHmac('sha256', this.config.TOKEN_SECRET).update(`refresh:${refreshToken}`).digest(),
    );
  }

  /** The session that a refresh token claims to belong to, or null if it is no refresh token at all. */
  sessionOf(refreshToken: string): SessionId | null {
    const [id = ''] = refreshToken.split('.');
    return isId('session', id) ? id : null;
  }
}

function secretOf(sessionId: SessionId, secret: Buffer): RefreshSecret {
  const token = `${sessionId}.${secret.toString('base64url')}`;
  return { token, hash: sha256(token) };
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
