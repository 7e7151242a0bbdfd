import { In } from 'typeorm';
import { defineLoader, groupInOrder } from '#common';
import { RoleGrant } from './role-grant.entity.js';
import { rolesWith } from './role.js';
import type { UserId } from './user.entity.js';

export const rolesOfUser = defineLoader(async (db, ids: readonly UserId[]) => {
  const grants = await db.findBy(RoleGrant, { userId: In(ids) });
  return groupInOrder(ids, grants, ({ userId }) => userId).map((own) => rolesWith(own.map(({ role }) => role)));
});
