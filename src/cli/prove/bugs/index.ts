import type { SeededBug } from '../bug.js';
import { AFTER_SALE } from './after-sale.js';
import { AUDIT } from './audit.js';
import { CATALOG } from './catalog.js';
import { CHECKOUT } from './checkout.js';
import { COMMON } from './common.js';
import { CONTACT } from './contact.js';
import { DATABASE } from './database.js';
import { FULFILMENT } from './fulfilment.js';
import { IDENTITY } from './identity.js';
import { IMPORTING } from './importing.js';
import { INVARIANTS } from './invariants.js';
import { INVOICES } from './invoices.js';
import { JOBS } from './jobs.js';
import { LEDGER } from './ledger.js';
import { MUTANTS } from './mutants.js';
import { MEDIA } from './media.js';
import { NOTIFICATIONS } from './notifications.js';
import { OFFERS } from './offers.js';
import { ORDERS } from './orders.js';
import { PAYMENTS } from './payments.js';
import { PRIVACY } from './privacy.js';
import { RECALLS } from './recalls.js';
import { RECONCILIATION } from './reconciliation.js';
import { SEARCH } from './search.js';
import { SETTLEMENT } from './settlement.js';
import { SHARING } from './sharing.js';
import { STAFF } from './staff.js';
import { SUPPLIERS } from './suppliers.js';
import { TEAMS } from './teams.js';
import { WECHAT } from './wechat.js';

/** Every bug that the tests must catch. A feature adds its own in a file of its own. */
export const BUGS: readonly SeededBug[] = [
  ...COMMON,
  ...JOBS,
  ...WECHAT,
  ...IDENTITY,
  ...CONTACT,
  ...STAFF,
  ...SUPPLIERS,
  ...AUDIT,
  ...MEDIA,
  ...PRIVACY,
  ...LEDGER,
  ...SHARING,
  ...CATALOG,
  ...SEARCH,
  ...IMPORTING,
  ...PAYMENTS,
  ...RECONCILIATION,
  ...ORDERS,
  ...CHECKOUT,
  ...OFFERS,
  ...TEAMS,
  ...FULFILMENT,
  ...AFTER_SALE,
  ...RECALLS,
  ...INVOICES,
  ...SETTLEMENT,
  ...NOTIFICATIONS,
  ...DATABASE,
  ...INVARIANTS,
  ...MUTANTS,
];
