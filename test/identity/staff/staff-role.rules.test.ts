import { describe, expect, it } from '@jest/globals';
import { newId } from '#common';
import type { StaffRole } from '#identity';
import { whyRolesUnfit } from '../../../src/identity/staff/staff-role.rules.js';

const OWN_ROLE_ONLY = {
  zh: '供应商账号只有供应商这一个角色。',
  en: 'A supplier’s account has the role SUPPLIER and no other.',
};
const NOT_THE_SUPPLIERS = {
  zh: '供应商角色只属于供应商账号，供应商在新建账号时指定。',
  en: 'SUPPLIER is the role of a supplier’s account: the supplier is named when the account is made.',
};

describe('the roles of an account', () => {
  // prettier-ignore
  it.each<[whose: 'a supplier’s' | 'the shop’s', roles: StaffRole[], why: object | null]>([
    ['a supplier’s', ['SUPPLIER'],                                  null],
    ['a supplier’s', [],                                            OWN_ROLE_ONLY],
    ['a supplier’s', ['CATALOG'],                                   OWN_ROLE_ONLY],
    ['a supplier’s', ['SUPPLIER', 'CATALOG'],                       OWN_ROLE_ONLY],
    ['a supplier’s', ['ADMIN', 'SUPPLIER'],                         OWN_ROLE_ONLY],
    ['the shop’s',   [],                                            null],
    ['the shop’s',   ['FINANCE'],                                   null],
    ['the shop’s',   ['ADMIN', 'CATALOG', 'FINANCE', 'SUPPORT'],    null],
    ['the shop’s',   ['SUPPLIER'],                                  NOT_THE_SUPPLIERS],
    ['the shop’s',   ['ADMIN', 'SUPPLIER'],                         NOT_THE_SUPPLIERS],
  ])('as one of %s, %j: %j', (whose, roles, why) => {
    expect(whyRolesUnfit(roles, whose === 'the shop’s' ? null : newId('supplier'))).toEqual(why);
  });
});
