import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Id, newId } from '#common';
import type { StaffId, UserId } from '#identity';
import { OffersService } from '#teams';
import { anOffer } from '../support/builders.js';
import type { Client } from '../support/client.js';
import type { Desk } from '../support/desk.js';
import { Shop } from '../support/shop.js';

const ENTRIES = `query ($first: Int, $after: String, $filter: AuditFilterInput) {
  auditEntries(first: $first, after: $after, filter: $filter) {
    edges { node { id actor kind subject reason before after request actedAt recordedAt } } pageInfo { hasNextPage endCursor } } }`;

interface Node {
  readonly id: string;
  readonly actor: string;
  readonly kind: string;
  readonly subject: string;
  readonly reason: string;
  readonly before: string;
  readonly after: string;
  readonly recordedAt: string;
}
interface Listed {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

let shop: Shop;
let olga: Desk;
let olgaId: StaffId;
let anaId: UserId;
let offerId: Id<'offer'>;

beforeAll(async () => {
  shop = await Shop.open();
  olga = await shop.operator('olga');
  [olgaId, anaId] = [await olga.staffId(), await (await shop.login('ana')).userId()];
  ({ id: offerId } = (await anOffer(shop)).offer);
  const why = (reason: string) => ({ input: { userId: anaId, reason } });
  await olga.ask('mutation ($input: UserChangeInput!) { userDisable(input: $input) { __typename } }', why('刷单'));
  await olga.ask('mutation ($input: UserChangeInput!) { userEnable(input: $input) { __typename } }', why('误判'));
  for (const reason of ['盘点', '缺货']) {
    await shop.get(OffersService).freeze(offerId, { by: 'command:night', reason });
    await shop.get(OffersService).unfreeze(offerId, { by: olgaId, reason });
  }
});
afterAll(async () => {
  await shop.close();
});

async function list(filter: object = {}, first = 100): Promise<Node[]> {
  const { edges } = await olga.ask<Listed>(ENTRIES, { first, filter });
  return edges.map(({ node }) => node);
}
const kindsIn = async (filter: object): Promise<string[]> => (await list(filter)).map(({ kind }) => kind);

describe('the audit trail', () => {
  it('is shown to ADMIN and to nobody else', async () => {
    const code = async (client: Client): Promise<unknown> => (await client.send(ENTRIES)).errors?.[0]?.extensions.code;
    const pia = await shop.operator('pia', 'CATALOG', 'FINANCE', 'SUPPORT');
    const all = [shop.guest, await shop.login('bo'), pia, olga];
    expect(await Promise.all(all.map(code))).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN', undefined]);
  });

  it('says who did what to whom, why, before and after', async () => {
    const [enabled, disabled] = await list({ subject: anaId });
    expect([disabled, enabled]).toMatchObject([
      {
        actor: olgaId,
        kind: 'identity.userDisabled',
        subject: anaId,
        reason: '刷单',
        before: '{"status":"ACTIVE"}',
        after: '{"status":"DISABLED"}',
      },
      {
        actor: olgaId,
        kind: 'identity.userEnabled',
        subject: anaId,
        reason: '误判',
        before: '{"status":"DISABLED"}',
        after: '{"status":"ACTIVE"}',
      },
    ]);
  });

  it('can be asked by actor, subject, kind and time, and by all of them at once', async () => {
    const [frozen, unfrozen] = ['teams.offerFrozen', 'teams.offerUnfrozen'];
    expect(await kindsIn({ actor: 'command:night' })).toEqual([frozen, frozen]);
    expect(await kindsIn({ subject: offerId })).toEqual([unfrozen, frozen, unfrozen, frozen, 'teams.offerAdded']);
    expect(await kindsIn({ kind: frozen })).toEqual([frozen, frozen]);
    expect(await kindsIn({ actor: olgaId, subject: offerId, kind: unfrozen })).toEqual([unfrozen, unfrozen]);
    const all = await list();
    const middle = all.findIndex(({ kind }) => kind === 'identity.userDisabled');
    const at = all[middle]!.recordedAt;
    const isBefore = ({ recordedAt }: Node): boolean => recordedAt < at;
    expect(await list({ until: at })).toEqual(all.filter(isBefore));
    expect(await list({ since: at })).toEqual(all.filter((node) => !isBefore(node)));
    expect(await list({ since: at, until: at })).toEqual([]);
    expect(await list({ subject: newId('offer') })).toEqual([]);
  });

  it('comes in pages, newest first, without gap or repetition, also where many were recorded at one instant', async () => {
    await shop.rows(
      `INSERT INTO audit_entry (actor, kind, subject_type, subject_id, reason, facts_before, facts_after, acted_at, recorded_at)
       SELECT actor, kind, subject_type, subject_id, 'again', facts_before, facts_after, acted_at, '2026-01-01' FROM audit_entry`,
    );
    const all = await list();
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: Listed = await olga.ask<Listed>(ENTRIES, { first: 3, after });
      seen.push(...page.edges.map(({ node }) => node.id));
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
    const times = all.map(({ recordedAt }) => recordedAt);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  // prettier-ignore
  it.each<[field: string, filter: object]>([
    ['actor',   { actor: 'olga' }],
    ['actor',   { actor: `command:${'x'.repeat(60)}` }],
    ['subject', { subject: 'offer' }],
    ['kind',    { kind: 'teams.offerEaten' }],
    ['kind',    { kind: 'x'.repeat(65) }],
    ['since',   { since: '1999-01-01T00:00:00Z' }],
    ['until',   { until: '2101-01-01T00:00:00Z' }],
  ])('cannot be asked by a wrong %s', async (field, filter) => {
    const { errors } = await olga.send(ENTRIES, { filter });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: `filter.${field}` }] });
  });

  // prettier-ignore
  it.each([
    ['audit_entry_when',  ''],
    ['audit_entry_by',    "actor = 'command:night' AND"],
    ['audit_entry_about', "subject_type = 'offer' AND subject_id = UNHEX('00') AND"],
    ['audit_entry_what',  "kind = 'teams.offerFrozen' AND"],
  ])('is read by %s, which is in order already', async (index, where) => {
    const plan = await shop.rows<{ key: string; Extra: string }>(
      `EXPLAIN SELECT * FROM audit_entry FORCE INDEX (${index}) WHERE ${where} recorded_at <= NOW(3) AND (recorded_at < NOW(3) OR id < 99)
       ORDER BY recorded_at DESC, id DESC LIMIT 21`,
    );
    expect(plan.map(({ key }) => key)).toEqual([index]);
    expect(plan[0]!.Extra).not.toMatch(/filesort|temporary/);
  });
});
