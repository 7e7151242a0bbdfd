import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MachineClock, PersonalDataHolders, RequestError, secondsAfter, Transactor } from '#common';
import { lockAccount, Session, type UserId, type Viewer } from '#identity';
import { LooksService } from './looks.service.js';

/** What a download is called, and the version of its form; docs/PRIVACY.md describes it. */
const FORMAT = { format: 'haotuan.personal-data', version: 1 } as const;
const EXPORTS_A_DAY = 5;
/** How old a login may be: a token that was stolen long ago, and only refreshed since, opens no archive. */
export const FRESH_LOGIN_SECONDS = 600;

/** Copies of all that is held of a person, for that person (PIPL 45). */
@Injectable()
export class ExportsService {
  constructor(
    private readonly source: DataSource,
    private readonly transactor: Transactor,
    private readonly machine: MachineClock,
    private readonly looks: LooksService,
    private readonly holders: PersonalDataHolders,
  ) {}

  /**
   * One JSON document with everything, piece by piece: no more than a page of rows is in memory at a time. Its last field is
   * `isComplete`, so that a download that broke off is not taken for all.
   *
   * @throws RequestError LOGIN_TOO_OLD unless the viewer has logged in within ten minutes, TOO_MANY_REQUESTS after five a day
   */
  async begin({ id, sessionId }: Viewer): Promise<AsyncIterable<string>> {
    await this.transactor.run(async (db) => {
      await lockAccount(db, id);
      const { startedAt } = await db.findOneByOrFail(Session, { id: sessionId });
      if (startedAt < secondsAfter(this.machine.now(), -FRESH_LOGIN_SECONDS)) throw loginTooOld();
      if ((await this.looks.exportsLately(db, id)) >= EXPORTS_A_DAY) throw tooManyExports();
      await this.looks.noteExport(db, id);
    });
    return this.#document(id);
  }

  async *#document(userId: UserId): AsyncGenerator<string> {
    const head = JSON.stringify({ ...FORMAT, userId, exportedAt: this.machine.now() });
    yield `${head.slice(0, -1)},"records":[`;
    let separator = '\n';
    for (const holder of this.holders.all) {
      for await (const record of holder.records(this.source.manager, userId)) {
        yield `${separator}${JSON.stringify(record)}`;
        separator = ',\n';
      }
    }
    yield '\n],"isComplete":true}\n';
  }
}

function loginTooOld(): RequestError {
  return new RequestError('LOGIN_TOO_OLD', {
    zh: '为了保护您的数据，请重新登录后再下载。',
    en: 'To protect your data, please log in again before you download it.',
  });
}

function tooManyExports(): RequestError {
  return new RequestError('TOO_MANY_REQUESTS', {
    zh: `每天最多下载${EXPORTS_A_DAY}次，请明天再试。`,
    en: `You can download it ${EXPORTS_A_DAY} times a day. Please try again tomorrow.`,
  });
}
