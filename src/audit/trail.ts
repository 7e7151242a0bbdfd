import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Act, type ActKind, AuditTrail, BusinessTime, idBytes } from '#common';
import { actingRequest } from './acting-request.js';
import { AuditEntry } from './audit-entry.entity.js';

/** The trail as rows of `audit_entry`. They are linked to the chain afterwards, so that acts do not wait for each other. */
@Injectable()
export class Trail extends AuditTrail {
  constructor(private readonly businessTime: BusinessTime) {
    super();
  }

  override async record<Prefix extends string>(
    db: EntityManager,
    { name: kind, subject: subjectType }: ActKind<Prefix>,
    acts: Act<Prefix> | readonly Act<Prefix>[],
  ): Promise<void> {
    const list = Array.isArray(acts) ? (acts as readonly Act<Prefix>[]) : [acts as Act<Prefix>];
    const request = actingRequest();
    const common = {
      ...{ kind, subjectType, request: request && JSON.stringify(request) },
      actedAt: await this.businessTime.read(db),
    };
    await db.insert(
      AuditEntry,
      list.map(({ by: actor, reason, subject, before, after }) => ({
        ...{ ...common, actor, reason, subjectId: idBytes(subject) },
        ...{ before: JSON.stringify(before), after: JSON.stringify(after) },
      })),
    );
  }
}
