import { AFTER_SALE } from './after-sale.js';
import { AUDIT } from './audit.js';
import { CATALOGUE } from './catalogue.js';
import { CHECKOUT } from './checkout.js';
import { CONTACT } from './contact.js';
import { FULFILMENT } from './fulfilment.js';
import type { Invariant } from './invariant.js';
import { INVOICES } from './invoices.js';
import { MEDIA } from './media.js';
import { MONEY } from './money.js';
import { NOTIFICATIONS } from './notifications.js';
import { OFFERS } from './offers.js';
import { ORDER_OF_THINGS } from './order-of-things.js';
import { PEOPLE } from './people.js';
import { PRIVACY } from './privacy.js';
import { RECALLS } from './recalls.js';
import { SETTLEMENT } from './settlement.js';
import { SHARING } from './sharing.js';
import { RECONCILIATION } from './reconciliation.js';
import { STAFF } from './staff.js';
import { SUPPLIERS } from './suppliers.js';
import { STOCK } from './stock.js';
import { TEAMS } from './teams.js';

/** Everything that must hold, in all modules. */
export const INVARIANTS: readonly Invariant[] = [
  ...MONEY,
  ...STOCK,
  ...CATALOGUE,
  ...OFFERS,
  ...TEAMS,
  ...FULFILMENT,
  ...INVOICES,
  ...RECALLS,
  ...RECONCILIATION,
  ...AFTER_SALE,
  ...SETTLEMENT,
  ...PEOPLE,
  ...CONTACT,
  ...STAFF,
  ...SUPPLIERS,
  ...PRIVACY,
  ...MEDIA,
  ...SHARING,
  ...NOTIFICATIONS,
  ...ORDER_OF_THINGS,
  ...AUDIT,
  ...CHECKOUT,
];
