import { defineOwnLoader, idBytes, oneInOrder } from '#common';
import { maskName, namelessIn, User, USER_SEALS, type UserId } from '#identity';
import { hasAgreed } from './consent.queries.js';

/**
 * What others see of a person: the masked name of who agrees to that, or in the language of the request that there is none. Nobody’s whole
 * name leaves it, and nobody’s name is opened who does not agree.
 */
export const shownNameOf = defineOwnLoader(async (db, ids: readonly UserId[], { vault, language }) => {
  const people = await db
    .createQueryBuilder(User, 'user')
    .select(['user.id', 'user.nickname'])
    .where('user.id IN (:...ids)', { ids: ids.map((id) => idBytes(id)) })
    .andWhere(hasAgreed('user.id', 'SHOW_PROFILE'))
    .getMany();
  return oneInOrder(ids, people, ({ id }) => id).map((person) =>
    person?.nickname ? maskName(vault.open(USER_SEALS.nickname, person.id, person.nickname)) : namelessIn(language),
  );
});
