import { describe, expect, it } from '@jest/globals';
import { newId } from '#common';
import { SHOP_ROLES, STAFF_ROLES } from '#identity';
import { whyRolesUnfit } from '../../../src/identity/staff/staff-role.rules.js';
import { fc } from './seeded.js';

const held = fc.shuffledSubarray([...STAFF_ROLES]);
const supplierId = newId('supplier');

describe('the roles of an account', () => {
  it('never fit both a supplier’s account and the shop’s own, and what fits neither mixes the two', () => {
    fc.assert(
      fc.property(held, (roles) => {
        const [ofSupplier, ofShop] = [whyRolesUnfit(roles, supplierId) === null, whyRolesUnfit(roles, null) === null];
        expect(ofSupplier && ofShop).toBe(false);
        const isMixed = roles.includes('SUPPLIER') && SHOP_ROLES.some((role) => roles.includes(role));
        expect(!ofSupplier && !ofShop).toBe(isMixed);
      }),
    );
  });

  it('fit or do not in whichever order they come', () => {
    fc.assert(
      fc.property(held, fc.constantFrom(supplierId, null), (roles, whose) => {
        expect(whyRolesUnfit(roles.toReversed(), whose)).toEqual(whyRolesUnfit(roles, whose));
      }),
    );
  });
});
