import { afterSaleLife } from '#after-sale';
import { itLives } from './lives.js';

itLives('an after-sale case', afterSaleLife, {
  first: 'APPLIED',
  ends: ['DONE', 'CANCELLED'],
  ways: [
    ['APPLIED', 'APPROVED', 'REFUNDING', 'DONE'],
    ['APPLIED', 'APPROVED', 'RETURNING', 'RETURNED', 'REFUNDING', 'DONE'],
    ['APPLIED', 'REJECTED', 'APPEALED', 'REFUNDING', 'DONE'],
    ['APPLIED', 'REJECTED', 'APPEALED', 'REJECTED'],
    ['RETURNING', 'RETURNED', 'REJECTED', 'APPEALED', 'REFUNDING'],
    ['APPLIED', 'CANCELLED'],
    ['APPROVED', 'CANCELLED'],
  ],
  // Goods that came back may be refused, and the appeal against that approved: the rules let an appeal be made once.
  again: ['APPROVED', 'RETURNING', 'RETURNED', 'REJECTED', 'APPEALED'],
  never: [
    ['REFUNDING', 'CANCELLED'],
    ['REFUNDING', 'REJECTED'],
    ['DONE', 'REFUNDING'],
    ['CANCELLED', 'REFUNDING'],
    ['APPROVED', 'APPLIED'],
  ],
});
