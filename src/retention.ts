import { EVIDENCE_KEPT_DAYS, purgeAfterSaleEvidence } from '#after-sale';
import { ENDED_LINES_KEPT_DAYS, endImports } from '#catalog';
import {
  LIFTED_BLOCKS_KEPT_DAYS,
  purgeLiftedBlocks,
  purgeRemovedAddresses,
  purgeSessions,
  REMOVED_ADDRESSES_KEPT_DAYS,
  SESSIONS_KEPT_DAYS,
} from '#identity';
import { INCIDENTS_KEPT_DAYS, purgeInvariantRuns } from '#invariants';
import { OLD_ROWS_KEPT_DAYS, purgeOldRows } from '#jobs';
import { type Retention, RETENTION_PAGE } from '#privacy';
import { CALLS_KEPT_DAYS, ENDED_LINKS_KEPT_DAYS } from '#sharing';
import { PUSHES_KEPT_DAYS } from '#wechat';

/** The least that E-Commerce Law 31 wants of a trade, and the time in which claims lapse (Civil Code 188). Leap years are on the safe side. */
const THREE_YEARS_DAYS = 3 * 366;
/** The longest six months there are: what Cybersecurity Law 21 wants of logs. */
const SIX_MONTHS_DAYS = 184;
/** A year, in which WeChat refunds a payment, and the days that it may take to end. */
const BILL_LINES_KEPT_DAYS = 400;
/** As long as somebody may want to look up what they were told: the longest time in which anything of an order is open. */
const MESSAGES_KEPT_DAYS = 180;
/** What the Measures for Accounting Archives (会计档案管理办法, 2015) 14 and their first table want of vouchers. */
const THIRTY_YEARS_DAYS = 30 * 366;

/**
 * How long what is kept, and why: the one list, which the scheduled task of `privacy` applies and docs/PRIVACY.md shows. Where the law
 * states a least time, nothing is kept longer either (PIPL 19).
 */
export const RETENTION: readonly Retention[] = [
  {
    name: 'orders.delivery',
    rows: 'orders that are over',
    after: 'the order was completed, refunded or cancelled',
    days: THREE_YEARS_DAYS,
    clock: 'BUSINESS',
    because: 'E-Commerce Law 31, then PIPL 47',
    // Nothing is over before it was placed, so the index leads to few; since when it is over, its history says.
    findSql: `SELECT id FROM orders
      WHERE addressed_at < ? AND status IN ('COMPLETED', 'REFUNDED', 'CANCELLED')
        AND (SELECT MAX(moved_at) FROM status_move WHERE subject_id = orders.id) < ? LIMIT ${RETENTION_PAGE}`,
    actSql: 'UPDATE orders SET delivery = NULL WHERE id IN (?)',
  },
  {
    name: 'parcel.tracking_number',
    rows: 'parcels of orders that are over',
    after: 'the order was completed or refunded',
    days: THREE_YEARS_DAYS,
    clock: 'BUSINESS',
    because: 'E-Commerce Law 31, then PIPL 47',
    // As of deliveries: nothing is over before it was shipped.
    findSql: `SELECT parcel.id FROM parcel JOIN orders ON orders.id = parcel.order_id
      WHERE tracked_at < ? AND orders.status IN ('COMPLETED', 'REFUNDED')
        AND (SELECT MAX(moved_at) FROM status_move WHERE subject_id = parcel.order_id) < ? LIMIT ${RETENTION_PAGE}`,
    actSql: 'UPDATE parcel SET tracking_number = NULL, tracking_index = NULL WHERE id IN (?)',
  },
  {
    name: 'refund.note',
    rows: 'refunds that have arrived',
    after: 'the money arrived',
    days: THREE_YEARS_DAYS,
    clock: 'BUSINESS',
    because: 'E-Commerce Law 31, then PIPL 47',
    findSql: `SELECT id FROM refund WHERE noted_at < ? LIMIT ${RETENTION_PAGE}`,
    actSql: 'UPDATE refund SET note = NULL WHERE id IN (?)',
  },
  {
    name: 'after_sale_step.note',
    rows: 'steps of cases whose order is over',
    after: 'the order was completed or refunded',
    days: THREE_YEARS_DAYS,
    clock: 'BUSINESS',
    because: 'E-Commerce Law 31, then PIPL 47',
    findSql: `SELECT after_sale_step.id FROM after_sale_step JOIN after_sale ON after_sale.id = after_sale_id JOIN orders ON orders.id = order_id
      WHERE noted_at < ? AND orders.status IN ('COMPLETED', 'REFUNDED')
        AND (SELECT MAX(moved_at) FROM status_move WHERE subject_id = after_sale.order_id) < ? LIMIT ${RETENTION_PAGE}`,
    actSql: 'UPDATE after_sale_step SET note = NULL WHERE id IN (?)',
  },
  {
    name: 'after_sale.tracking_number',
    rows: 'cases whose order is over',
    after: 'the order was completed or refunded',
    days: THREE_YEARS_DAYS,
    clock: 'BUSINESS',
    because: 'E-Commerce Law 31, then PIPL 47',
    findSql: `SELECT after_sale.id FROM after_sale JOIN orders ON orders.id = order_id
      WHERE tracked_at < ? AND orders.status IN ('COMPLETED', 'REFUNDED')
        AND (SELECT MAX(moved_at) FROM status_move WHERE subject_id = after_sale.order_id) < ? LIMIT ${RETENTION_PAGE}`,
    actSql: 'UPDATE after_sale SET tracking_number = NULL WHERE id IN (?)',
  },
  {
    name: 'after_sale_image',
    rows: 'photos of cases whose order is over',
    after: 'the order was completed or refunded',
    days: EVIDENCE_KEPT_DAYS,
    clock: 'BUSINESS',
    because: 'E-Commerce Law 31, then PIPL 47',
    doneBy: purgeAfterSaleEvidence.name,
  },
  {
    name: 'invoice.title',
    rows: 'invoices that were issued',
    after: 'the last step',
    days: THIRTY_YEARS_DAYS,
    clock: 'BUSINESS',
    because: 'Measures for Accounting Archives 14 (vouchers), then PIPL 47',
    findSql: `SELECT id FROM invoice WHERE titled_at < ? AND status IN ('ISSUED', 'REVERSED') LIMIT ${RETENTION_PAGE}`,
    actSql: 'UPDATE invoice SET title = NULL, tax_number = NULL WHERE id IN (?)',
  },
  {
    name: 'invoice.title',
    rows: 'invoices that were never issued',
    after: 'the last step',
    days: THREE_YEARS_DAYS,
    clock: 'BUSINESS',
    because: 'Civil Code 188, then PIPL 47',
    findSql: `SELECT id FROM invoice WHERE titled_at < ? AND status IN ('FAILED', 'CANCELLED') LIMIT ${RETENTION_PAGE}`,
    actSql: 'UPDATE invoice SET title = NULL, tax_number = NULL, failure_note = NULL WHERE id IN (?)',
  },
  {
    name: 'invoice.email',
    rows: 'invoices on which nobody works',
    after: 'the last step',
    days: THREE_YEARS_DAYS,
    clock: 'BUSINESS',
    because: 'Civil Code 188, then PIPL 47',
    findSql: `SELECT id FROM invoice
      WHERE emailed_at < ? AND status IN ('ISSUED', 'REVERSED', 'FAILED', 'CANCELLED') LIMIT ${RETENTION_PAGE}`,
    actSql: 'UPDATE invoice SET email = NULL WHERE id IN (?)',
  },
  {
    name: 'channel_event',
    rows: 'all',
    after: 'the channel told us',
    days: SIX_MONTHS_DAYS,
    clock: 'MACHINE',
    because: 'Cybersecurity Law 21; the captures and refunds that it led to are the record',
    findSql: `SELECT id FROM channel_event WHERE received_at < ? LIMIT ${RETENTION_PAGE}`,
    actSql: 'DELETE FROM channel_event WHERE id IN (?)',
  },
  {
    name: 'bill_line',
    rows: 'all',
    after: 'the day of the bill',
    days: BILL_LINES_KEPT_DAYS,
    clock: 'BUSINESS',
    because: 'a refund may end a year after its payment; the bills themselves stay, with their sums',
    findSql: `SELECT bill_line.id FROM bill_day JOIN bill_line ON bill_day_id = bill_day.id WHERE day < DATE(?) LIMIT ${RETENTION_PAGE}`,
    actSql: 'DELETE FROM bill_line WHERE id IN (?)',
  },
  {
    name: 'wechat_push',
    rows: 'all',
    after: 'WeChat told us',
    days: PUSHES_KEPT_DAYS,
    clock: 'MACHINE',
    because: 'repeated pushes',
    findSql: `SELECT id FROM wechat_push WHERE received_at < ? LIMIT ${RETENTION_PAGE}`,
    actSql: 'DELETE FROM wechat_push WHERE id IN (?)',
  },
  {
    name: 'message',
    rows: 'all, with what was sent of them',
    after: 'the message was written',
    days: MESSAGES_KEPT_DAYS,
    clock: 'BUSINESS',
    because: 'questions about what one was told, then PIPL 47',
    findSql: `SELECT id FROM message WHERE created_at < ? LIMIT ${RETENTION_PAGE}`,
    actSql: 'DELETE FROM message WHERE id IN (?)',
  },
  {
    name: 'look',
    rows: 'all',
    after: 'the look',
    days: THREE_YEARS_DAYS,
    clock: 'MACHINE',
    because: 'PIPL 51 and 54, Civil Code 188',
    findSql: `SELECT id FROM look WHERE looked_at < ? LIMIT ${RETENTION_PAGE}`,
    actSql: 'DELETE FROM look WHERE id IN (?)',
  },
  {
    name: 'consent',
    rows: 'of people who have erased their account',
    after: 'the erasure was finished',
    days: THREE_YEARS_DAYS,
    clock: 'MACHINE',
    because: 'proof of consent is ours to give (PIPL 69), as long as claims last (Civil Code 188)',
    findSql: `SELECT consent.id FROM user JOIN consent ON consent.user_id = user.id WHERE user.erased_at < ? LIMIT ${RETENTION_PAGE}`,
    actSql: 'DELETE FROM consent WHERE id IN (?)',
  },
  {
    name: 'share_artifact',
    rows: 'links that have ended',
    after: 'the link ended',
    days: ENDED_LINKS_KEPT_DAYS,
    clock: 'MACHINE',
    because: 'questions about a link that does not open',
    findSql: `SELECT id FROM share_artifact WHERE expires_at < ? LIMIT ${RETENTION_PAGE}`,
    actSql: 'DELETE FROM share_artifact WHERE id IN (?)',
  },
  {
    name: 'share_quota',
    rows: 'all',
    after: 'the minute or day began',
    days: CALLS_KEPT_DAYS,
    clock: 'MACHINE',
    because: 'questions about what was used up',
    findSql: `SELECT id FROM share_quota WHERE starts_at < ? LIMIT ${RETENTION_PAGE}`,
    actSql: 'DELETE FROM share_quota WHERE id IN (?)',
  },
  {
    name: 'share_call',
    rows: 'all',
    after: 'WeChat was asked',
    days: CALLS_KEPT_DAYS,
    clock: 'MACHINE',
    because: 'questions about what was used up',
    findSql: `SELECT id FROM share_call WHERE called_at < ? LIMIT ${RETENTION_PAGE}`,
    actSql: 'DELETE FROM share_call WHERE id IN (?)',
  },
  {
    name: 'session',
    rows: 'all',
    after: 'the session ended',
    days: SESSIONS_KEPT_DAYS,
    clock: 'MACHINE',
    because: 'questions about who was logged in',
    doneBy: purgeSessions.name,
  },
  {
    name: 'lifted_block',
    rows: 'all',
    after: 'the block was taken back',
    days: LIFTED_BLOCKS_KEPT_DAYS,
    clock: 'MACHINE',
    because: 'repeated requests',
    doneBy: purgeLiftedBlocks.name,
  },
  {
    name: 'address',
    rows: 'removed addresses, which say nothing any more',
    after: 'the address was removed',
    days: REMOVED_ADDRESSES_KEPT_DAYS,
    clock: 'MACHINE',
    because: 'repeated requests',
    doneBy: purgeRemovedAddresses.name,
  },
  {
    name: 'idempotency',
    rows: 'all',
    after: 'the request',
    days: OLD_ROWS_KEPT_DAYS,
    clock: 'MACHINE',
    because: 'repeated requests',
    doneBy: purgeOldRows.name,
  },
  {
    name: 'job',
    rows: 'finished jobs',
    after: 'the job was done',
    days: OLD_ROWS_KEPT_DAYS,
    clock: 'MACHINE',
    because: 'questions about what was done',
    doneBy: purgeOldRows.name,
  },
  {
    name: 'catalog_import_line',
    rows: 'lines of files of products, and what was wrong with them',
    after: 'the import ended',
    days: ENDED_LINES_KEPT_DAYS,
    clock: 'MACHINE',
    because: 'questions about what was imported',
    doneBy: endImports.name,
  },
  {
    name: 'invariant_incident',
    rows: 'incidents that are over',
    after: 'what was broken was seen to hold',
    days: INCIDENTS_KEPT_DAYS,
    clock: 'MACHINE',
    because: 'questions about what was broken; samples have ids of rows, some of them of people',
    doneBy: purgeInvariantRuns.name,
  },
];
