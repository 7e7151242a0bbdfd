import { Injectable } from '@nestjs/common';
import { Handles, type Outcome } from '#jobs';
import { watchStock } from './stock.jobs.js';
import { StockWarningsService } from './stock-warnings.service.js';

/** What the clock asks of stock. */
@Injectable()
export class StockWorker {
  constructor(private readonly warnings: StockWarningsService) {}

  @Handles(watchStock)
  async watch(): Promise<Outcome> {
    await this.warnings.look();
    return 'done';
  }
}
