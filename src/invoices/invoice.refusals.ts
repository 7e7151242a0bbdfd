import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { Refusal } from '#common';
import { ImageUploadForm } from '#media';
import { OrderStatus } from '#orders';
import { Invoice, InvoiceStatus } from './invoice.entity.js';

@ObjectType({
  implements: () => Refusal,
  description: 'An invoice is for what is shipped, and not all of the order is.',
})
export class InvoiceTooEarly extends Refusal {
  @Field(() => OrderStatus, { description: 'Where the order stands.' })
  readonly status: OrderStatus;

  constructor(status: OrderStatus) {
    super({ zh: '订单全部发货后才能申请开票。', en: 'An invoice can be asked for once all of the order is shipped.' });
    this.status = status;
  }
}

@ObjectType({ implements: () => Refusal, description: 'Nothing was paid for the order, or all of it goes back.' })
export class NothingToInvoice extends Refusal {
  constructor() {
    super({ zh: '该订单没有可开票的金额。', en: 'There is nothing of this order to be invoiced.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'The order has an invoice, or one is on its way.' })
export class InvoiceAlreadyRequested extends Refusal {
  @Field(() => Invoice, { description: 'The one that there is.' })
  readonly invoice: Invoice;

  constructor(invoice: Invoice) {
    super({ zh: '该订单已申请过发票。', en: 'An invoice of this order was asked for already.' });
    this.invoice = invoice;
  }
}

@ObjectType({ implements: () => Refusal, description: 'The tax number is no unified social credit code.' })
export class TaxNumberWrong extends Refusal {
  @Field(() => Int, {
    description: 'Which sign cannot stand where it stands, counted from 1; the last if they do not fit together.',
  })
  readonly position: number;

  constructor(position: number) {
    super({
      zh: `纳税人识别号第${position}位有误，请核对后重试。`,
      en: `Sign ${position} of the tax number is wrong. Please check it.`,
    });
    this.position = position;
  }
}

@ObjectType({ implements: () => Refusal, description: 'It is being issued, or over, so it cannot be cancelled.' })
export class InvoiceNotCancellable extends Refusal {
  @Field(() => InvoiceStatus, { description: 'Where it stands.' })
  readonly status: InvoiceStatus;

  constructor(status: InvoiceStatus) {
    super({ zh: '发票已在开具或已处理，不能取消。', en: 'It is being issued or over, so it cannot be cancelled.' });
    this.status = status;
  }
}

@ObjectType({
  implements: () => Refusal,
  description:
    'Nothing is to be done about it as it stands, or an issuer is at it, or another of the staff has taken it.',
})
export class InvoiceNotYours extends Refusal {
  @Field(() => InvoiceStatus, { description: 'Where it stands.' })
  readonly status: InvoiceStatus;

  constructor(status: InvoiceStatus) {
    super({
      zh: '该发票当前不由您处理，请先领取或刷新。',
      en: 'This is not yours to do as it stands. Take it first, or look again.',
    });
    this.status = status;
  }
}

@ObjectType({
  implements: () => Refusal,
  description: 'No file of the invoice has arrived; post it with the form first.',
})
export class InvoiceFileMissing extends Refusal {
  constructor() {
    super({ zh: '尚未收到发票文件，请先上传。', en: 'The file has not arrived. Please upload it first.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'The file is no PDF.' })
export class InvoiceFileUnfit extends Refusal {
  constructor() {
    super({ zh: '发票文件不是有效的版式文件，请重新上传。', en: 'The file is no PDF. Please upload another one.' });
  }
}

@ObjectType({ implements: () => Refusal, description: 'Another invoice has the number.' })
export class InvoiceNumberTaken extends Refusal {
  constructor() {
    super({ zh: '该发票号码已登记在其他发票上。', en: 'Another invoice has this number.' });
  }
}

export const InvoiceRequestResult = createUnionType({
  name: 'InvoiceRequestResult',
  description: 'The invoice that was asked for, or why not.',
  types: () => [Invoice, InvoiceTooEarly, NothingToInvoice, InvoiceAlreadyRequested, TaxNumberWrong] as const,
});

export const InvoiceCancelResult = createUnionType({
  name: 'InvoiceCancelResult',
  description: 'The invoice, cancelled; or why not.',
  types: () => [Invoice, InvoiceNotCancellable] as const,
});

export const InvoiceTakeResult = createUnionType({
  name: 'InvoiceTakeResult',
  description: 'The invoice with what is to be on it; or why it cannot be taken.',
  types: () => [Invoice, InvoiceNotYours] as const,
});

export const InvoiceFileUploadResult = createUnionType({
  name: 'InvoiceFileUploadResult',
  description: 'A form for the file, or why not.',
  types: () => [ImageUploadForm, InvoiceNotYours] as const,
});

export const InvoiceIssueResult = createUnionType({
  name: 'InvoiceIssueResult',
  description: 'The invoice as it was issued or reversed, or why not.',
  types: () => [Invoice, InvoiceNotYours, InvoiceFileMissing, InvoiceFileUnfit, InvoiceNumberTaken] as const,
});
