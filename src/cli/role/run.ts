import type { Actor, PeopleService } from '#identity';
import type { RoleOptions } from './options.js';

/**
 * Does what the options say and tells what came of it, a line each.
 *
 * @throws RequestError NOT_FOUND if there is no such person
 */
export async function changeRole(people: PeopleService, options: RoleOptions, by: Actor): Promise<string[]> {
  if (options.action === 'list') {
    const grants = await people.grants();
    return grants.map(
      ({ userId, role, grantedAt, grantedBy }) => `${userId} ${role} since ${grantedAt.toISOString()} by ${grantedBy}`,
    );
  }
  const { action, userId, role } = options;
  const isNew = await people[action](options, role, by);
  if (action === 'grant') return [isNew ? `${userId} is ${role} now` : `${userId} is ${role} already`];
  return [isNew ? `${userId} is no longer ${role}` : `${userId} is not ${role}`];
}
