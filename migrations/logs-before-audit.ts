import type { QueryRunner } from 'typeorm';
import { idFromBytes } from '#common';

/** One entry of the audit trail, made of a row of a log that it replaces. */
export interface Entry {
  readonly actor: string;
  readonly kind: string;
  readonly subject: readonly [type: string, id: Buffer];
  readonly reason: string;
  readonly before: object | string;
  readonly after: object | string;
  readonly at: Date;
}

interface ChangeRow {
  readonly kind: string;
  readonly changed_by: string;
  readonly reason: string;
  readonly changed_at: Date;
}

interface UserChangeRow extends ChangeRow {
  readonly user_id: Buffer;
  readonly role: string | null;
}

interface StaffChangeRow extends ChangeRow {
  readonly staff_id: Buffer;
  readonly roles: string | null;
}

interface OfferChangeRow extends ChangeRow {
  readonly offer_id: Buffer;
  /** MySQL's JSON arrives parsed, MariaDB's is text. */
  readonly before_terms: object | string | null;
  readonly terms: object | string;
}

interface RefundRow {
  readonly id: Buffer;
  readonly order_id: Buffer;
  readonly amount_minor: string;
  readonly note: string;
  readonly requested_by_id: Buffer;
  readonly is_by_staff: 0 | 1;
  readonly created_at: Date;
}

type Kinds = Readonly<Record<string, string>>;

/** What the logs called each kind, and what the trail calls it. */
export const USER_KINDS: Kinds = {
  ...{ DISABLED: 'identity.userDisabled', ENABLED: 'identity.userEnabled' },
  ...{ ROLE_GRANTED: 'identity.roleGranted', ROLE_REVOKED: 'identity.roleRevoked' },
};
export const STAFF_KINDS: Kinds = {
  ...{ ADDED: 'identity.staffAdded', ROLES_SET: 'identity.staffRolesSet', RESET: 'identity.staffReset' },
  ...{ DISABLED: 'identity.staffDisabled', ENABLED: 'identity.staffEnabled' },
  ...{ ENROLLED: 'identity.staffEnrolled', PASSWORD_CHANGED: 'identity.staffPasswordChanged' },
};
export const OFFER_KINDS: Kinds = {
  ...{ ADDED: 'teams.offerAdded', CHANGED: 'teams.offerChanged' },
  ...{ FROZEN: 'teams.offerFrozen', UNFROZEN: 'teams.offerUnfrozen' },
};

/** All that the logs and the refunds say, in the order in which it happened, so that the chain links it so. */
export async function entriesOfLogs(db: QueryRunner): Promise<Entry[]> {
  const logs = [await userChanges(db), await staffChanges(db), await offerChanges(db), await operatorRefunds(db)];
  return logs.flat().sort((a, b) => a.at.getTime() - b.at.getTime());
}

async function userChanges(db: QueryRunner): Promise<Entry[]> {
  const rows = (await db.query('SELECT * FROM user_change ORDER BY id')) as UserChangeRow[];
  return rows.map((row) => {
    const { user_id, kind, role } = row;
    const isOn = kind === 'ROLE_GRANTED' || kind === 'ENABLED';
    const said = (is: boolean): object =>
      role === null ? { status: is ? 'ACTIVE' : 'DISABLED' } : { role, isHeld: is };
    return { ...entryOf(row, USER_KINDS), subject: ['user', user_id], before: said(!isOn), after: said(isOn) };
  });
}

/** Each change told only what it led to; what was before is what the changes before it had led to. */
async function staffChanges(db: QueryRunner): Promise<Entry[]> {
  const rows = (await db.query('SELECT * FROM staff_change ORDER BY id')) as StaffChangeRow[];
  const standing = new Map<string, Record<string, unknown>>();
  return rows.map((row) => {
    const subject = row.staff_id.toString('hex');
    const stood = standing.get(subject) ?? {};
    const after = factsOf(row);
    standing.set(subject, { ...stood, ...after });
    const before = Object.fromEntries(Object.entries(stood).filter(([name]) => name in after && name !== 'changed'));
    return { ...entryOf(row, STAFF_KINDS), subject: ['staff', row.staff_id], before, after };
  });
}

function factsOf({ kind, roles }: StaffChangeRow): Record<string, unknown> {
  const held = { roles: roles ? roles.split(',') : [] };
  if (kind === 'ADDED') return { status: 'ACTIVE', ...held, isEnrolled: false };
  if (kind === 'ROLES_SET') return held;
  if (kind === 'PASSWORD_CHANGED') return { changed: ['password'] };
  if (kind === 'RESET' || kind === 'ENROLLED') return { isEnrolled: kind === 'ENROLLED' };
  return { status: kind === 'DISABLED' ? 'DISABLED' : 'ACTIVE' };
}

async function offerChanges(db: QueryRunner): Promise<Entry[]> {
  const rows = (await db.query(`
    SELECT offer_change.*, LAG(terms) OVER (PARTITION BY offer_id ORDER BY id) AS before_terms
    FROM offer_change ORDER BY id`)) as OfferChangeRow[];
  return rows.map((row) => {
    const { offer_id, before_terms: before, terms: after } = row;
    return { ...entryOf(row, OFFER_KINDS), subject: ['offer', offer_id], before: before ?? {}, after };
  });
}

/** How much was promised before is not known any more. A refund that took another's place was nobody's decision. */
async function operatorRefunds(db: QueryRunner): Promise<Entry[]> {
  const rows = (await db.query(`
    SELECT refund.*, staff.id IS NOT NULL AS is_by_staff FROM refund LEFT JOIN staff ON staff.id = requested_by_id
    WHERE refund.reason = 'OPERATOR' AND predecessor_id IS NULL ORDER BY refund.id`)) as RefundRow[];
  return rows.map(({ id, order_id, amount_minor, note, requested_by_id, is_by_staff, created_at: at }) => {
    const after = { refundId: idFromBytes('refund', id), amountMinor: Number(amount_minor) };
    const actor = idFromBytes(is_by_staff ? 'staff' : 'user', requested_by_id);
    const reason = note.trim() === '' ? 'no reason was given' : note; // A blank one was let through then.
    return { actor, kind: 'orders.orderRefunded', subject: ['order', order_id], reason, before: {}, after, at };
  });
}

function entryOf(row: ChangeRow, kinds: Kinds): Pick<Entry, 'actor' | 'kind' | 'reason' | 'at'> {
  const { changed_by: actor, reason, changed_at: at } = row;
  const kind = kinds[row.kind];
  if (kind === undefined) throw new Error(`the trail has no kind for ${row.kind}`);
  return { actor, kind, reason, at };
}
