import type { SeededBug } from '../bug.js';

const RULES = 'src/invoices/invoice.rules.ts';
const SERVICE = 'src/invoices/invoices.service.ts';
const TESTS = 'test/invoices/invoices.test.ts';

export const INVOICES: readonly SeededBug[] = [
  {
    name: 'an invoice says what went back as well',
    file: RULES,
    search: 'return payableMinor - refundingMinor;',
    replace: 'return Math.max(payableMinor, refundingMinor);',
    caughtBy: { file: 'test/invoices/invoice.rules.test.ts', test: 'is less in proportion' },
  },
  {
    name: 'an issued invoice stays although money has gone back',
    file: SERVICE,
    search: 'if (issued) await this.life.reverseIfNeeded(',
    replace: 'if (!issued) await this.life.reverseIfNeeded(',
    caughtBy: { file: TESTS, test: 'after it was issued takes it back' },
  },
  {
    name: 'an invoice is issued whose order gave money back meanwhile',
    file: 'src/invoices/invoice-life.ts',
    search: 'await this.reverseIfNeeded(db, { invoice, order });',
    replace: '',
    caughtBy: { file: TESTS, test: 'while it is being issued is told' },
  },
  {
    name: 'somebody cancels another one’s request for an invoice',
    file: SERVICE,
    search: "if (invoice.buyerId !== buyerId) throw notFound('input.invoiceId');",
    replace: '',
    caughtBy: { file: TESTS, test: 'finds nothing of somebody else’s' },
  },
  {
    name: 'two of the staff issue the same invoice',
    file: 'src/invoices/invoice-desk.service.ts',
    search: "status === 'ISSUING' && takenById === by ? 'BLUE' : null",
    replace: "status === 'ISSUING' ? 'BLUE' : null",
    caughtBy: { file: TESTS, test: 'takes one alone' },
  },
  {
    name: 'any file is kept as an invoice',
    file: 'src/invoices/invoice-files.ts',
    search: 'body.subarray(0, MAGIC.length).equals(MAGIC)',
    replace: 'body.length > 0',
    caughtBy: { file: TESTS, test: 'needs a file that is a PDF' },
  },
  {
    name: 'the check sign of a tax number does not weigh the others',
    file: 'src/invoices/tax-number.rules.ts',
    search: 'weight = (weight * 3) % SIGNS.length;',
    replace: 'weight = 1;',
    caughtBy: { file: 'test/invoices/tax-number.rules.test.ts', test: 'of a company that there is passes' },
  },
];
