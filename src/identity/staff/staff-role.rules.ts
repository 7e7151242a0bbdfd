import type { Id, Texts } from '#common';
import type { StaffRole } from './staff-role.js';

/** Why an account cannot hold just these roles, by whether it is a supplier's; null if it can. A supplier's account does a supplier's work and nothing else. */
export function whyRolesUnfit(roles: readonly StaffRole[], supplierId: Id<'supplier'> | null): Texts | null {
  if (supplierId === null)
    return roles.includes('SUPPLIER')
      ? {
          zh: '供应商角色只属于供应商账号，供应商在新建账号时指定。',
          en: 'SUPPLIER is the role of a supplier’s account: the supplier is named when the account is made.',
        }
      : null;
  return roles.length === 1 && roles[0] === 'SUPPLIER'
    ? null
    : {
        zh: '供应商账号只有供应商这一个角色。',
        en: 'A supplier’s account has the role SUPPLIER and no other.',
      };
}
