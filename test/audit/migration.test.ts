import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { AuditChain } from '#audit';
import { idBytes, newId, Transactor } from '#common';
import * as migrations from '../../migrations/index.js';
import { OFFERS } from '../../src/invariants/offers.js';
import { PEOPLE } from '../../src/invariants/people.js';
import { STAFF } from '../../src/invariants/staff.js';
import { migrateBetween, type OlderShop, shopBefore } from '../support/older-shop.js';
import { aUser } from '../support/people.js';
import { chainOf } from './entries.js';

const {
  CreateMedia1795351000000: CreateMedia,
  KeepAnAuditTrail1795353000000: KeepAnAuditTrail,
  BulkActsNeedTwo1795353001000: BulkActsNeedTwo,
} = migrations;
const [ana, olga, kim, orderId] = [newId('user'), newId('user'), newId('staff'), newId('order')];

const STAFF_CHANGES = [
  ['ADDED', 'FINANCE', 'command:root', '2026-01-08'],
  ['ENROLLED', null, kim, '2026-01-09'],
  ['RESET', null, 'command:root', '2026-01-10'],
  ['ENROLLED', null, kim, '2026-01-11'],
  ['PASSWORD_CHANGED', null, kim, '2026-01-12'],
  ['ROLES_SET', 'ADMIN,FINANCE', 'command:root', '2026-01-13'],
  ['DISABLED', null, 'command:root', '2026-01-15'],
] as const;

let shop: OlderShop;
let source: DataSource;

/** A shop from before: somebody was disabled, somebody was an operator and then one of the staff, an offer was changed, money was given back. */
beforeAll(async () => {
  shop = await shopBefore(KeepAnAuditTrail);
  ({ source } = shop);
  for (const id of [ana, olga]) {
    const { openid, openidIndex } = aUser({ id });
    await source.query("INSERT INTO user (id, openid, openid_index, status) VALUES (?, ?, ?, 'ACTIVE')", [
      ...[idBytes(id), openid!.bytes, openidIndex],
    ]);
  }
  await source.query("UPDATE user SET status = 'DISABLED' WHERE id = ?", [idBytes(ana)]);
  const change =
    'INSERT INTO user_change (user_id, kind, role, changed_by, reason, changed_at) VALUES (?, ?, ?, ?, ?, ?)';
  await source.query(change, [idBytes(olga), 'ROLE_GRANTED', 'OPERATOR', 'command:root', '入职', '2026-01-01']);
  await source.query(change, [idBytes(ana), 'DISABLED', null, olga, '刷单', '2026-01-04']);
  await source.query(change, [idBytes(olga), 'ROLE_REVOKED', 'OPERATOR', 'command:migrate', '换账号', '2026-01-07']);
  await source.query(
    `INSERT INTO staff (id, login_name, display_name, status, password_hash, totp_secret, totp_step, enrolled_at)
     VALUES (?, 'kim', '金', 'DISABLED', REPEAT('p', 40), REPEAT('t', 40), 1, NOW(3))`,
    [idBytes(kim)],
  );
  await source.query("INSERT INTO staff_role (staff_id, role) VALUES (?, 'FINANCE'), (?, 'ADMIN')", [
    ...[idBytes(kim), idBytes(kim)],
  ]);
  await source.query(`INSERT INTO staff_recovery_code (staff_id, code_hash) SELECT ?, seq FROM seq_1_to_10`, [
    idBytes(kim),
  ]);
  for (const [kind, roles, by, at] of STAFF_CHANGES)
    await source.query(
      "INSERT INTO staff_change (staff_id, kind, roles, changed_by, reason, changed_at) VALUES (?, ?, ?, ?, '人事', ?)",
      [idBytes(kim), kind, roles, by, at],
    );

  await source.query("INSERT INTO supplier (id, name) VALUES ('s', 's')");
  await source.query(
    "INSERT INTO product (id, supplier_id, name, category, description, status) VALUES ('p', 's', 'p', 'c', '', 'ON_SALE')",
  );
  await source.query(
    "INSERT INTO sku (id, product_id, code, title, price_minor, currency) VALUES ('k', 'p', 'K', '', 1000, 'CNY')",
  );
  await source.query("INSERT INTO allotment (id, sku_id, units_max, units_taken) VALUES ('a', 'k', 50, 0)");
  await source.query(
    `INSERT INTO offer (id, product_id, kind, revision, size, ttl_seconds, units_per_order, units_per_buyer, starts_at, ends_at, frozen_at)
     VALUES ('o', 'p', 'PLAIN', 2, 5, 3600, 1, 5, '2026-01-01', '2027-01-01', NULL)`,
  );
  for (const [revision, size, at] of [
    [1, 3, '2026-01-02'],
    [2, 5, '2026-01-03'],
  ] as const) {
    await source.query(
      `INSERT INTO offer_price (offer_id, revision, sku_id, allotment_id, price_minor, currency) VALUES ('o', ?, 'k', 'a', 800, 'CNY')`,
      [revision],
    );
    await source.query(
      "INSERT INTO offer_change (offer_id, kind, terms, changed_by, reason, changed_at) VALUES ('o', ?, ?, ?, '春季', ?)",
      [revision === 1 ? 'ADDED' : 'CHANGED', JSON.stringify(termsOf(revision, size)), olga, at],
    );
  }
  const runner = source.createQueryRunner();
  await runner.query('SET SESSION foreign_key_checks = 0'); // Where the money came from does not matter here.
  for (const [note, at, by] of [
    ['压坏了', '2026-01-05', olga],
    [' ', '2026-01-06', olga],
    ['漏发', '2026-01-14', kim],
  ] as const) {
    await runner.query(
      `INSERT INTO refund (id, capture_id, order_id, out_refund_no, reason, note, requested_by_id, amount_minor, currency, account, status, manual_after, created_at)
       VALUES (?, 'c', ?, ?, 'OPERATOR', ?, ?, 400, 'CNY', 'x', 'SUCCEEDED', NOW(3), ?)`,
      [idBytes(newId('refund')), idBytes(orderId), at, note, idBytes(by), at],
    );
  }
  await runner.query('SET SESSION foreign_key_checks = 1');
  await runner.release();
});
afterAll(async () => {
  await shop.close();
});

function termsOf(revision: number, size: number): object {
  return {
    ...{ kind: 'PLAIN', revision, size, ttlSeconds: 3_600, unitsPerOrder: 1, unitsPerBuyer: 5 },
    ...{ startsAt: '2026-01-01T00:00:00.000Z', endsAt: '2027-01-01T00:00:00.000Z', frozenAt: null },
    prices: [{ skuId: 'sku', priceMinor: 800, unitsMax: 50 }],
  };
}

const go = (way: 'up' | 'down'): Promise<void> => migrateBetween(shop, [CreateMedia, BulkActsNeedTwo], way);

describe('a shop that is older than the audit trail', () => {
  let logs: [users: object[], staff: object[], offers: object[]];
  const logsNow = async (): Promise<[object[], object[], object[]]> => [
    await source.query<object[]>(
      'SELECT user_id, kind, role, changed_by, reason, changed_at FROM user_change ORDER BY id',
    ),
    await source.query<object[]>(
      'SELECT staff_id, kind, roles, changed_by, reason, changed_at FROM staff_change ORDER BY id',
    ),
    await source.query<object[]>('SELECT offer_id, kind, changed_by, reason, changed_at FROM offer_change ORDER BY id'),
  ];

  it('finds everything in it that it had written down, in the order in which it happened', async () => {
    logs = await logsNow();
    await go('up');
    const rows = await source.query<
      { kind: string; actor: string; reason: string; before: string; after: string; at: Date }[]
    >(
      'SELECT kind, actor, reason, facts_before AS `before`, facts_after AS after, recorded_at AS at FROM audit_entry ORDER BY id',
    );
    const [first, second] = [termsOf(1, 3), termsOf(2, 5)];
    const said = (json: string): unknown => JSON.parse(json);
    expect(
      rows.map(({ kind, actor, reason, before, after, at }) => [
        kind,
        actor,
        reason,
        said(before),
        said(after),
        at.getUTCDate(),
      ]),
    ).toEqual([
      [
        'identity.roleGranted',
        'command:root',
        '入职',
        { role: 'OPERATOR', isHeld: false },
        { role: 'OPERATOR', isHeld: true },
        1,
      ],
      ['teams.offerAdded', olga, '春季', {}, first, 2],
      ['teams.offerChanged', olga, '春季', first, second, 3],
      ['identity.userDisabled', olga, '刷单', { status: 'ACTIVE' }, { status: 'DISABLED' }, 4],
      [
        'orders.orderRefunded',
        olga,
        '压坏了',
        {},
        { refundId: expect.stringMatching(/^refund_/), amountMinor: 400 },
        5,
      ],
      [
        'orders.orderRefunded',
        olga,
        'no reason was given',
        {},
        { refundId: expect.stringMatching(/^refund_/), amountMinor: 400 },
        6,
      ],
      [
        'identity.roleRevoked',
        'command:migrate',
        '换账号',
        { role: 'OPERATOR', isHeld: true },
        { role: 'OPERATOR', isHeld: false },
        7,
      ],
      ...[
        ['identity.staffAdded', 'command:root', {}, { status: 'ACTIVE', roles: ['FINANCE'], isEnrolled: false }, 8],
        ['identity.staffEnrolled', kim, { isEnrolled: false }, { isEnrolled: true }, 9],
        ['identity.staffReset', 'command:root', { isEnrolled: true }, { isEnrolled: false }, 10],
        ['identity.staffEnrolled', kim, { isEnrolled: false }, { isEnrolled: true }, 11],
        ['identity.staffPasswordChanged', kim, {}, { changed: ['password'] }, 12],
        ['identity.staffRolesSet', 'command:root', { roles: ['FINANCE'] }, { roles: ['ADMIN', 'FINANCE'] }, 13],
      ].map(([kind, actor, ...facts]) => [kind, actor, '人事', ...facts]),
      ['orders.orderRefunded', kim, '漏发', {}, { refundId: expect.stringMatching(/^refund_/), amountMinor: 400 }, 14],
      ['identity.staffDisabled', 'command:root', '人事', { status: 'ACTIVE' }, { status: 'DISABLED' }, 15],
    ]);
  });

  it('breaks no invariant of offers, people, staff and the trail, and its past is linked like the present', async () => {
    for (const { sql } of [...OFFERS, ...PEOPLE, ...STAFF]) expect(await source.query<unknown[]>(sql)).toEqual([]);
    await new AuditChain(source, new Transactor(source)).link();
    expect(await chainOf(source)).toEqual({ links: 15, broken: [] });
  });

  it('can go back, as it was, and on again', async () => {
    await go('down');
    expect(await logsNow()).toEqual(logs);
    await expect(source.query('DELETE FROM user_change')).rejects.toThrow('never changed or deleted');
    await expect(source.query('DELETE FROM staff_change')).rejects.toThrow('never changed or deleted');
    await expect(source.query('DELETE FROM offer_change')).rejects.toThrow('never changed or deleted');
    await go('up');
    expect((await chainOf(source)).broken).toEqual([]);
  });
});
