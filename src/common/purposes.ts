import { registerEnumType } from '@nestjs/graphql';

/** What people are told about each is in `privacy/purposes.ts`; the names are here, because every module says for what it holds something. */
export const Purpose = {
  ACCOUNT: 'ACCOUNT',
  ORDERS: 'ORDERS',
  SAFETY: 'SAFETY',
  SHOW_PROFILE: 'SHOW_PROFILE',
  ADDRESS_BOOK: 'ADDRESS_BOOK',
  PHONE: 'PHONE',
  SHARE_WITH_LEADER: 'SHARE_WITH_LEADER',
} as const;
export type Purpose = keyof typeof Purpose;
registerEnumType(Purpose, {
  name: 'PrivacyPurpose',
  description: 'For what the shop processes personal data.',
  valuesMap: {
    ACCOUNT: { description: 'Recognising who comes back. The shop cannot do without.' },
    ORDERS: { description: 'Selling, delivering, giving money back. The shop cannot do without.' },
    SAFETY: { description: 'Records that protect people and that the law asks for.' },
    SHOW_PROFILE: { description: 'Showing others one’s masked nickname.' },
    ADDRESS_BOOK: { description: 'Keeping addresses for the next order.' },
    PHONE: { description: 'Keeping one’s telephone number.' },
    SHARE_WITH_LEADER: { description: 'Telling a leader who hands goods out one’s name, number and delivery.' },
  },
});

/** Personal Information Protection Law (PIPL) 13 I, the numbers 1 to 3. */
export const LegalBasis = { CONSENT: 'CONSENT', CONTRACT: 'CONTRACT', LEGAL_DUTY: 'LEGAL_DUTY' } as const;
export type LegalBasis = keyof typeof LegalBasis;
registerEnumType(LegalBasis, {
  name: 'LegalBasis',
  description: 'What allows the shop to hold personal data.',
  valuesMap: {
    CONSENT: { description: 'The person has agreed, and may take it back.' },
    CONTRACT: { description: 'A contract with the person could not be kept without it.' },
    LEGAL_DUTY: { description: 'A law asks for it.' },
  },
});

/** What is still open between a person and the shop, so that the account cannot be erased yet. */
export const OpenMatterKind = {
  UNPAID_CHECKOUT: 'UNPAID_CHECKOUT',
  FORMING_TEAM: 'FORMING_TEAM',
  REFUND: 'REFUND',
  ORDER: 'ORDER',
  INVOICE: 'INVOICE',
} as const;
export type OpenMatterKind = keyof typeof OpenMatterKind;
registerEnumType(OpenMatterKind, {
  name: 'OpenMatterKind',
  description: 'What is still open between a person and the shop.',
  valuesMap: {
    UNPAID_CHECKOUT: { description: 'Checkouts that can still be paid: pay or cancel them.' },
    FORMING_TEAM: { description: 'Teams that still form: leave them, or wait for their end.' },
    REFUND: { description: 'Money on its way back.' },
    ORDER: { description: 'Orders that are not over.' },
    INVOICE: { description: 'Invoices that are asked for, being issued or being taken back.' },
  },
});
