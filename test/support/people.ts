import { newId, Vault } from '#common';
import { type User, USER_SEALS, type UserId } from '#identity';

/** The vault that the environment's keys open, as the shop has it. */
export function vaultOf({ DATA_KEYS, DATA_INDEX_KEY }: NodeJS.ProcessEnv = process.env): Vault {
  return new Vault({ DATA_KEYS, DATA_INDEX_KEY });
}

export interface Person {
  readonly id?: UserId;
  readonly openid?: string;
  readonly unionid?: string | null;
  readonly nickname?: string | null;
  readonly phone?: string | null;
}

/** A person's row as a login would write it, for tests that need no login. */
export function aUser(
  { id = newId('user'), openid = `o${id}`, unionid = null, nickname = null, phone = null }: Person = {},
  vault = vaultOf(),
): User {
  return {
    id,
    openid: vault.seal(USER_SEALS.openid, id, openid),
    openidIndex: vault.blindIndex(USER_SEALS.openid, openid),
    unionid: unionid === null ? null : vault.seal(USER_SEALS.unionid, id, unionid),
    unionidIndex: unionid === null ? null : vault.blindIndex(USER_SEALS.unionid, unionid),
    sessionKey: null,
    nickname: nickname === null ? null : vault.seal(USER_SEALS.nickname, id, nickname),
    phone: phone === null ? null : vault.seal(USER_SEALS.phone, id, phone),
    phoneIndex: phone === null ? null : vault.blindIndex(USER_SEALS.phone, phone),
    phoneCodeHash: null,
    status: 'ACTIVE',
  };
}
