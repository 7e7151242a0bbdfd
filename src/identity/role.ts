import { registerEnumType } from '@nestjs/graphql';

/** What somebody may do. Everybody is a buyer; every other role is granted (`role_grant`). */
export const Role = { BUYER: 'BUYER', OPERATOR: 'OPERATOR' } as const;
export type Role = keyof typeof Role;
export type GrantedRole = Exclude<Role, 'BUYER'>;
registerEnumType(Role, {
  name: 'Role',
  description: 'What a person may do in the shop.',
  valuesMap: {
    BUYER: { description: 'Buys; everybody is one.' },
    OPERATOR: { description: 'Runs the shop.' },
  },
});

export const GRANTED_ROLES: readonly GrantedRole[] = ['OPERATOR'];

/** The roles of a person to whom these were granted. One that this version does not know gives nothing. */
export function rolesWith(granted: readonly string[]): Role[] {
  return [Role.BUYER, ...GRANTED_ROLES.filter((role) => granted.includes(role))];
}
