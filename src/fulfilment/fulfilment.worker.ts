import { Injectable } from '@nestjs/common';
import { type ArgsOf, Handles, type JobClaim, type Outcome } from '#jobs';
import { orderRefunded } from '#orders';
import { completeOverdueOrders, receiveOverdueOrders, remindReceipt, uploadShipping } from './fulfilment.jobs.js';
import { ReceiptsService } from './receipt/receipts.service.js';
import { ShippingUploadsService } from './uploads/shipping-uploads.service.js';
import { UploadDriver } from './uploads/upload.driver.js';

/** What the clock and other modules' facts ask of fulfilment. */
@Injectable()
export class FulfilmentWorker {
  constructor(
    private readonly receipts: ReceiptsService,
    private readonly uploads: ShippingUploadsService,
    private readonly driver: UploadDriver,
  ) {}

  @Handles(uploadShipping)
  upload({ uploadId }: ArgsOf<typeof uploadShipping>): Promise<Outcome> {
    return this.driver.drive(uploadId);
  }

  @Handles(remindReceipt)
  remind({ uploadId }: ArgsOf<typeof remindReceipt>): Promise<Outcome> {
    return this.driver.remind(uploadId);
  }

  @Handles(orderRefunded)
  async noteRefund({ orderId }: ArgsOf<typeof orderRefunded>, claim: JobClaim): Promise<Outcome> {
    await this.uploads.noteRefund(orderId, claim);
    return 'done';
  }

  @Handles(receiveOverdueOrders)
  async receiveOverdue(): Promise<Outcome> {
    await this.receipts.receiveOverdue();
    return 'done';
  }

  @Handles(completeOverdueOrders)
  async completeOverdue(): Promise<Outcome> {
    await this.receipts.completeOverdue();
    return 'done';
  }
}
