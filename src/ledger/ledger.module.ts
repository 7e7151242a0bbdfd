import { Module } from '@nestjs/common';
import { LedgerService } from './ledger.service.js';

/** Where all money is, and how it got there. */
@Module({ providers: [LedgerService], exports: [LedgerService] })
export class LedgerModule {}
