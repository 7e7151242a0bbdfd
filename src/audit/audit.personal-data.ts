import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import {
  type Holding,
  idBytes,
  inPages,
  type PersonalRecord,
  PERSONAL_PAGE,
  PersonalData,
  type PersonId,
} from '#common';
import { AuditEntry } from './audit-entry.entity.js';

/** What the staff have decided about a person. Nothing of it is erased: the trail is a chain, and says what was done under an id. */
@Injectable()
export class AuditPersonalData extends PersonalData {
  override readonly holdings: readonly Holding[] = [
    {
      category: 'DECISIONS',
      what: {
        zh: '商城对您账号的决定：停用、恢复，以及原因。',
        en: 'What the shop has decided about your account: disabled, enabled, and why.',
      },
      columns: ['audit_entry.subject_id', 'audit_entry.reason'],
      purpose: 'SAFETY',
      basis: 'LEGAL_DUTY',
      kept: { zh: '作为操作记录保存，不可更改。', en: 'As a record of what was done, which nobody can change.' },
      correctedBy: null,
      countSql: "SELECT COUNT(*) FROM audit_entry WHERE subject_type = 'user' AND subject_id = ?",
    },
  ];

  /** Who decided stays out: that is the staff’s own. */
  override async *records(db: EntityManager, userId: PersonId): AsyncGenerator<PersonalRecord> {
    const about = { subjectType: 'user', subjectId: idBytes(userId) };
    const decisions = inPages<AuditEntry>((after) =>
      db.find(AuditEntry, {
        where: { ...about, ...(after && { id: MoreThan(after.id) }) },
        order: { id: 'ASC' },
        take: PERSONAL_PAGE,
      }),
    );
    for await (const { kind, reason, actedAt } of decisions)
      yield { category: 'DECISIONS', data: { kind, reason, decidedAt: actedAt } };
  }

  override eraseSome(): Promise<null> {
    return Promise.resolve(null);
  }
}
