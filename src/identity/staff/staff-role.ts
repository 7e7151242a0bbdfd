import { registerEnumType } from '@nestjs/graphql';

/** What one of the staff may do, each role by itself: none includes another. */
export const StaffRole = {
  ADMIN: 'ADMIN',
  CATALOG: 'CATALOG',
  FINANCE: 'FINANCE',
  SUPPORT: 'SUPPORT',
  SUPPLIER: 'SUPPLIER',
} as const;
export type StaffRole = keyof typeof StaffRole;
registerEnumType(StaffRole, {
  name: 'StaffRole',
  description: 'What one of the staff may do. No role includes another; somebody may hold several.',
  valuesMap: {
    ADMIN: { description: 'Shuts people out of the shop, and lets them in again; sees who did what.' },
    CATALOG: { description: 'Makes, changes and freezes offers.' },
    FINANCE: {
      description:
        'Gives money back, for many orders only together with somebody else; sees to refunds that are stuck.',
    },
    SUPPORT: {
      description:
        'Sees what a buyer has ordered, with where it goes masked; ships any order, and sees to what WeChat is told of it.',
    },
    SUPPLIER: {
      description:
        'Works for a supplier: sees its goods and their stock, and ships its orders. Whoever has this role has no other.',
    },
  },
});

export const STAFF_ROLES = Object.values(StaffRole);

/** What somebody who works for the shop itself may do: every role but the suppliers'. */
export const SHOP_ROLES = STAFF_ROLES.filter((role) => role !== 'SUPPLIER');
export type ShopRole = (typeof SHOP_ROLES)[number];

export function isStaffRole(text: string): text is StaffRole {
  return STAFF_ROLES.some((role) => role === text);
}
