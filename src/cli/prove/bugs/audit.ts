import type { SeededBug } from '../bug.js';

const CHAIN = 'src/audit/audit-chain.service.ts';
const CHAIN_TEST = 'test/audit/chain.test.ts';
const BULK_TEST = 'test/audit/bulk-acts.test.ts';

export const AUDIT: readonly SeededBug[] = [
  {
    name: 'the audit chain is no chain: a link does not depend on the one before',
    file: 'src/audit/chain.rules.ts',
    search: 'return sha256(Buffer.concat([previousHash, hashOfEntry]));',
    replace: 'return sha256(Buffer.concat([GENESIS.subarray(0, previousHash.length), hashOfEntry]));',
    caughtBy: { file: CHAIN_TEST, test: 'SQL and our own code agree on every hash' },
  },
  {
    name: 'two different entries of the audit trail have one canonical form',
    file: 'src/audit/chain.rules.ts',
    search: '`${Buffer.byteLength(part)}:${part}`',
    replace: '`:${part}`',
    caughtBy: { file: 'test/proof/properties/audit.test.ts', test: 'so that no two entries have the same' },
  },
  {
    name: 'an act that commits after a later one was linked is never linked',
    file: CHAIN,
    search: 'WHERE link.seq IS NULL AND entry.recorded_at >= ?',
    replace: 'WHERE entry.id > (SELECT COALESCE(MAX(entry_id), 0) FROM audit_link) AND entry.recorded_at >= ?',
    caughtBy: { file: CHAIN_TEST, test: 'does not wait for an act that has not ended' },
  },
  {
    name: 'what was recorded while no worker ran is never linked',
    file: CHAIN,
    search: 'entry.recorded_at - INTERVAL 1 DAY AS since',
    replace: 'NOW(3) - INTERVAL 1 DAY AS since',
    caughtBy: { file: CHAIN_TEST, test: 'takes up what nobody linked for weeks' },
  },
  {
    name: 'the audit trail can be written anew',
    file: 'migrations/1795353000000-keep-an-audit-trail.ts',
    search: "await forbidChanges(db, 'audit_entry');",
    replace: '',
    caughtBy: { file: CHAIN_TEST, test: 'is changed by nobody: UPDATE audit_entry' },
  },
  {
    name: 'buyers may read who did what',
    file: 'src/audit/audit.resolver.ts',
    search: "@Allow('ADMIN')\n  @Query(() => AuditEntryConnection,",
    replace: "@Allow('BUYER')\n  @Query(() => AuditEntryConnection,",
    caughtBy: { file: 'test/audit/entries.api.test.ts', test: 'is shown to ADMIN and to nobody else' },
  },
  {
    name: 'a refund by an operator leaves no entry in the audit trail',
    file: 'src/orders/refunding/refunding.service.ts',
    search: 'await this.trail.record(db, orderRefundedByOperator, {',
    replace: 'void ({',
    caughtBy: { file: 'test/audit/acts.test.ts', test: 'orderRefund leaves one entry' },
  },
  {
    name: 'the number of a bank card is on record',
    file: 'src/payments/refund-queue.service.ts',
    search: '{ destination: destination.type, bankType }',
    replace: '{ destination: destination.type, bankType, bankAccount }',
    caughtBy: { file: 'test/audit/acts.test.ts', test: 'nothing personal is on record' },
  },
  {
    name: 'an export from which an entry was taken out is called whole',
    file: 'src/audit/chain-check.ts',
    search: 'if (this.#seq !== null && seq !== this.#seq + 1)',
    replace: 'if (this.#seq !== null && seq < this.#seq)',
    caughtBy: { file: CHAIN_TEST, test: 'shows it when somebody meddles all the same: one taken out' },
  },
  {
    name: 'whoever proposes a bulk refund may approve it',
    file: 'src/audit/bulk/bulk-act.rules.ts',
    search: 'return act.proposedById === by ? new OwnProposal() : null;',
    replace: 'return null;',
    caughtBy: { file: BULK_TEST, test: 'is not approved or rejected by who proposed it' },
  },
  {
    name: 'a bulk refund can be approved at the instant at which it expires',
    file: 'src/audit/bulk/bulk-act.rules.ts',
    search: `export function mayDecide(act: BulkAct, by: StaffId, now: Date): Refusal | null {
  if (act.status !== 'PROPOSED' || now >= act.expiresAt)`,
    replace: `export function mayDecide(act: BulkAct, by: StaffId, now: Date): Refusal | null {
  if (act.status !== 'PROPOSED' || now > act.expiresAt)`,
    caughtBy: { file: BULK_TEST, test: 'nobody approved it within 24 hours' },
  },
  {
    name: 'an operator who was disabled meanwhile approves a bulk refund',
    file: 'src/identity/staff/staff-accounts.service.ts',
    search: "return status === 'ACTIVE' && (await db.existsBy(StaffRoleGrant, { staffId: id, role }));",
    replace: 'return status.length + role.length > 0;',
    caughtBy: { file: BULK_TEST, test: 'an operator who is disabled or loses the role meanwhile' },
  },
  {
    name: 'a worker that takes over a bulk refund does not know what was given back already',
    file: 'src/orders/refunding/bulk-refunds.ts',
    search: 'const idempotencyKey = `bulk-${idSuffix(id)}-${idSuffix(orderId)}`;',
    replace: 'const idempotencyKey = `bulk-${String(Math.random())}-${idSuffix(orderId)}${id.slice(0, 0)}`;',
    caughtBy: { file: BULK_TEST, test: 'in the middle of a chunk is taken over' },
  },
];
