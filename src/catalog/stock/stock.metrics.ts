import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DataSource, IsNull } from 'typeorm';
import { Metrics } from '#common';
import { StockWarning } from './stock-warning.entity.js';

/** Of how many SKUs little is left. */
@Injectable()
export class StockMetrics implements OnModuleInit {
  constructor(
    private readonly source: DataSource,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const warnings = new Gauge({
      name: 'haotuan_stock_warnings',
      help: 'SKUs of which so little is left that the shop is warned.',
      registers: [this.metrics.registry],
    });
    this.metrics.readAtScrape(async () => {
      warnings.set(await this.source.manager.countBy(StockWarning, { endedAt: IsNull() }));
    });
  }
}
