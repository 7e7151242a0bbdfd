import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChannelService, Refund, RefundDriver } from '#payments';
import { PayClient } from '#wechat';
import { Finding, type FindingId } from './finding.entity.js';
import { JudgingService } from './judging.service.js';

const UNKNOWN = 'UNKNOWN';

/** What the channel can tell about a finding: money that we have not booked, a refund that ended and of which we have not heard, what its bill lacks. */
@Injectable()
export class AskingService {
  constructor(
    private readonly source: DataSource,
    private readonly channel: ChannelService,
    private readonly driver: RefundDriver,
    private readonly judging: JudgingService,
    private readonly pay: PayClient,
  ) {}

  /**
   * Asks once; what the channel answers is booked as any answer is, and the bill is compared again.
   *
   * @throws ChannelError
   */
  async ask(id: FindingId): Promise<void> {
    const db = this.source.manager;
    const finding = await db.findOneByOrFail(Finding, { id });
    if (finding.status !== 'OPEN' || finding.channelNumber === null) return;
    if (finding.kind === 'MISSING') {
      await db.update(Finding, { id }, { theirState: await this.#standing(finding) });
      return;
    }
    if (finding.subject === 'TRADE') await this.channel.askForTransaction(finding.channelNumber);
    const refund =
      finding.subject === 'REFUND' ? await db.findOneBy(Refund, { outRefundNo: finding.ourNumber ?? '' }) : null;
    if (refund) await this.driver.drive(refund.id);
    await this.judging.judge(finding.billDayId);
  }

  /** Where what a bill lacks stands at the channel. */
  async #standing({ subject, channelNumber, ourNumber }: Finding): Promise<string> {
    if (subject === 'TRADE') return (await this.pay.queryTransaction(channelNumber ?? ''))?.state ?? UNKNOWN;
    return (await this.pay.queryRefund(ourNumber ?? ''))?.status ?? UNKNOWN;
  }
}
