import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { type Holding, idBytes, inPages, type PersonalRecord, PERSONAL_PAGE, PersonalData } from '#common';
import type { UserId } from '#identity';
import { Consent } from './consent.entity.js';
import { Look } from './look.entity.js';

const BY_ID = { order: { id: 'ASC' }, take: PERSONAL_PAGE } as const;

const REQUESTS =
  'SELECT idempotency_key, created_at FROM idempotency WHERE actor_id = ? AND idempotency_key > ? ORDER BY idempotency_key';

interface RequestRow {
  readonly idempotency_key: string;
  readonly created_at: Date;
}

/** To what somebody has agreed, who looked at their data, and the keys of what they sent twice. */
@Injectable()
export class PrivacyPersonalData extends PersonalData {
  override readonly holdings: readonly Holding[] = [
    {
      category: 'CONSENTS',
      what: {
        zh: '您同意或撤回了哪些说明，以及时间。',
        en: 'To what you have agreed or no longer agree, and since when.',
      },
      columns: ['consent.user_id', 'consent.purpose', 'consent.version', 'consent.kind', 'consent.acted_at'],
      purpose: 'SAFETY',
      basis: 'LEGAL_DUTY',
      kept: {
        zh: '保存至注销账号后三年，用于证明依法处理。',
        en: 'Until three years after you erase your account, to prove that we kept to the law.',
      },
      correctedBy: 'consentWithdraw',
      countSql: 'SELECT COUNT(*) FROM consent WHERE user_id = ?',
    },
    {
      category: 'LOOKS',
      what: { zh: '谁在何时查看过您的数据。', en: 'Who has looked at your data, and when.' },
      columns: ['look.user_id', 'look.actor_id', 'look.category', 'look.operation', 'look.looked_at'],
      purpose: 'SAFETY',
      basis: 'LEGAL_DUTY',
      kept: { zh: '查看之后保存三年。', en: 'For three years after the look.' },
      correctedBy: null,
      countSql: 'SELECT COUNT(*) FROM look WHERE user_id = ?',
    },
    {
      category: 'REQUESTS',
      what: {
        zh: '您提交过的请求的编号，用于防止重复处理。',
        en: 'The keys of what you have sent, so that nothing is done twice.',
      },
      columns: ['idempotency.actor_id', 'idempotency.request_hash'],
      purpose: 'SAFETY',
      basis: 'CONTRACT',
      kept: { zh: '保存七天。', en: 'For seven days.' },
      correctedBy: null,
      countSql: 'SELECT COUNT(*) FROM idempotency WHERE actor_id = ?',
    },
  ];

  override async *records(db: EntityManager, userId: UserId): AsyncGenerator<PersonalRecord> {
    const consents = inPages<Consent>((after) =>
      db.find(Consent, { where: { userId, ...(after && { id: MoreThan(after.id) }) }, ...BY_ID }),
    );
    for await (const { purpose, version, kind, language, actedAt } of consents)
      yield { category: 'CONSENTS', data: { purpose, version, kind, language, actedAt } };
    const looks = inPages<Look>((after) =>
      db.find(Look, { where: { userId, ...(after && { id: MoreThan(after.id) }) }, ...BY_ID }),
    );
    // Who it was is that person's own; the shop knows it by the id.
    for await (const { id, category, operation, lookedAt } of looks)
      yield { category: 'LOOKS', data: { id, category, operation, lookedAt } };
    const requests = inPages<RequestRow>((after) =>
      db.query<RequestRow[]>(`${REQUESTS} LIMIT ${PERSONAL_PAGE}`, [idBytes(userId), after?.idempotency_key ?? '']),
    );
    for await (const { idempotency_key, created_at } of requests)
      yield { category: 'REQUESTS', data: { idempotencyKey: idempotency_key, createdAt: created_at } };
  }

  /** Consents and looks stay for as long as `src/retention.ts` says: they name nobody any more. */
  override async eraseSome(db: EntityManager, userId: UserId): Promise<string | null> {
    const { affectedRows } = await db.query<{ affectedRows: number }>(
      `DELETE FROM idempotency WHERE actor_id = ? LIMIT ${PERSONAL_PAGE}`,
      [idBytes(userId)],
    );
    return affectedRows === PERSONAL_PAGE ? 'more' : null;
  }
}
