import { ConsoleLogger } from '@nestjs/common';
import { RefundsService } from '#payments';

/** Tells what goes wrong, but for the one refund of the demo shop that has to. */
export class SeedLogger extends ConsoleLogger {
  constructor() {
    super({ logLevels: ['warn', 'error', 'fatal'] });
  }

  override error(message: unknown, ...rest: unknown[]): void {
    const isMeant = rest.at(-1) === RefundsService.name && String(message).includes('is ABNORMAL');
    if (!isMeant) super.error(message, ...rest);
  }
}
