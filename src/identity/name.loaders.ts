import { In } from 'typeorm';
import { defineOwnLoader, oneInOrder } from '#common';
import { maskName, namelessIn } from './name.rules.js';
import { User, USER_SEALS, type UserId } from './user.entity.js';

/** What strangers see of a person: the masked name, or in the language of the request that there is none. Nobody’s whole name leaves it. */
export const maskedNameOf = defineOwnLoader(async (db, ids: readonly UserId[], { vault, language }) => {
  const people = await db.find(User, { select: { id: true, nickname: true }, where: { id: In(ids) } });
  return oneInOrder(ids, people, ({ id }) => id).map((person) =>
    person?.nickname ? maskName(vault.open(USER_SEALS.nickname, person.id, person.nickname)) : namelessIn(language),
  );
});
