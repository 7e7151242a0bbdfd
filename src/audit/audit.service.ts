import { Injectable } from '@nestjs/common';
import { Brackets, DataSource } from 'typeorm';
import {
  type Actor,
  badInput,
  decodeCursor,
  type Id,
  idBytes,
  isActKind,
  type Page,
  type PageArgs,
  pageOf,
  prefixIn,
} from '#common';
import { AuditEntry } from './audit-entry.entity.js';

/** Which entries; what is left out is not asked. */
export interface AuditFilter {
  readonly actor?: Actor | null;
  readonly subject?: Id | null;
  readonly kind?: string | null;
  /** Recorded at or after. */
  readonly since?: Date | null;
  /** Recorded before. */
  readonly until?: Date | null;
}

/** Reads the audit trail. */
@Injectable()
export class AuditService {
  constructor(private readonly source: DataSource) {}

  /**
   * Who did what, newest first.
   *
   * @throws RequestError that names the kind, if there is none such
   */
  async page(
    { actor, subject, kind, since, until }: AuditFilter,
    { first, after }: PageArgs,
  ): Promise<Page<AuditEntry>> {
    if (kind && !isActKind(kind)) throw unknownKind();
    const query = this.source.manager.createQueryBuilder(AuditEntry, 'entry');
    if (actor) query.andWhere('entry.actor = :actor', { actor });
    if (kind) query.andWhere('entry.kind = :kind', { kind });
    if (since) query.andWhere('entry.recordedAt >= :since', { since });
    if (until) query.andWhere('entry.recordedAt < :until', { until });
    if (subject) query.andWhere({ subjectType: prefixIn(subject), subjectId: idBytes(subject) });
    const last = decodeCursor(after, [0, 0] as const);
    if (last) query.andWhere(isBehind(...last));
    const entries = await query
      .orderBy('entry.recordedAt', 'DESC')
      .addOrderBy('entry.id', 'DESC')
      .limit(first + 1)
      .getMany();
    return pageOf(entries, first, ({ recordedAt, id }) => [recordedAt.getTime(), Number(id)]);
  }
}

/** The bound on the time alone is what an index can follow. */
function isBehind(milliseconds: number, id: number): Brackets {
  const at = new Date(milliseconds);
  return new Brackets((behind) =>
    behind
      .where('entry.recordedAt <= :at', { at })
      .andWhere(new Brackets((same) => same.where('entry.recordedAt < :at').orWhere('entry.id < :id', { id }))),
  );
}

function unknownKind() {
  return badInput({
    path: 'filter.kind',
    texts: { zh: '没有这种操作类型。', en: 'There is no such kind of act.' },
  });
}
