import { Injectable } from '@nestjs/common';
import { Handles, type Outcome } from '#jobs';
import { turnSales } from './sale.jobs.js';
import { SalesService } from './sales.service.js';

/** What the clock asks of sales. */
@Injectable()
export class SalesWorker {
  constructor(private readonly sales: SalesService) {}

  @Handles(turnSales)
  async turn(): Promise<Outcome> {
    await this.sales.turnDue();
    return 'done';
  }
}
