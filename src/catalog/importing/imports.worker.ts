import { Injectable } from '@nestjs/common';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { ApplyingService } from './applying.service.js';
import { CheckingService } from './checking.service.js';
import { EndingService } from './ending.service.js';
import { applyImport, checkImport, endImports } from './import.jobs.js';

/** What workers do for imports. */
@Injectable()
export class ImportsWorker {
  constructor(
    private readonly checking: CheckingService,
    private readonly applying: ApplyingService,
    private readonly ending: EndingService,
  ) {}

  @Handles(checkImport)
  async check({ importId }: ArgsOf<typeof checkImport>): Promise<Outcome> {
    await this.checking.check(importId);
    return 'done';
  }

  @Handles(applyImport)
  async apply({ importId }: ArgsOf<typeof applyImport>, claim: JobClaim): Promise<Outcome> {
    await this.applying.apply(importId, claim);
    return 'done';
  }

  @Handles(endImports)
  async end(): Promise<Outcome> {
    await this.ending.end();
    return 'done';
  }
}
